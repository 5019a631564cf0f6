import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMapPoints } from '../../web/lib/map-points.js';
import { removeDirectory, temporaryDirectory } from './data-directory.js';
import { ask, errorCode } from './graphql-request.js';
import { MISLABELLED, trainOnNightsAndDays, UNLABELLED } from './nights-and-days.js';
import { startServer, type RunningServer } from './running-server.js';

interface Drawn {
  readonly status: string;
  readonly url: string | null;
}

interface Proposed {
  readonly totalCount: number;
  readonly suggestions: readonly {
    readonly suggestedLabel: string;
    readonly image: { readonly id: string; readonly name: string };
    readonly neighbours: readonly { readonly image: { readonly label: string | null } }[];
  }[];
}

const FIELDS =
  'totalCount suggestions { suggestedLabel image { id name } neighbours { image { label } } }';

/** Each step goes on from the one before. */
describe('the map and the labels of a dataset', () => {
  let directory: string;
  let server: RunningServer;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    server = await startServer(join(directory, 'data'));
    await trainOnNightsAndDays(server, join(directory, 'scenes'));
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  const drawn = async (kind: 'PCA' | 'UMAP'): Promise<string> => {
    for (;;) {
      const { model } = await ask<{ model: { embeddingMap: Drawn | null } }>(
        server,
        `{ model(id: 1) { embeddingMap(kind: ${kind}) { status url } } }`,
      );
      const { status, url } = model.embeddingMap ?? {};
      if (status === 'FAILED') throw new Error('The map failed.');
      if (status === 'SUCCEEDED' && url) return url;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  const proposed = async (query: 'suspectedLabelErrors' | 'labelSuggestions') =>
    (await ask<Record<string, Proposed>>(server, `{ ${query}(datasetId: 1) { ${FIELDS} } }`))[
      query
    ];

  it('the principal components of a new model are drawn without being asked for', async () => {
    const url = await drawn('PCA');
    const response = await server.fetch(url);
    expect(response.headers.get('cache-control')).toContain('immutable');
    const points = readMapPoints(await response.arrayBuffer());
    expect(points?.count).toBe(24 + 24 + MISLABELLED.length + UNLABELLED.length);
    expect(points?.names).toEqual(['days', 'nights']);
    const tag = response.headers.get('etag') ?? '';
    const again = await server.fetch(url, { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(304);
  });

  it('UMAP is drawn when it is asked for, the same every time', async () => {
    const start = 'mutation { startEmbeddingMap(modelId: 1, kind: UMAP) { status } }';
    await ask(server, start);
    const first = await (await server.fetch(await drawn('UMAP'))).arrayBuffer();
    await ask(server, start);
    const second = await (await server.fetch(await drawn('UMAP'))).arrayBuffer();
    expect(new Uint8Array(second)).toEqual(new Uint8Array(first));
    const missing = 'mutation { startEmbeddingMap(modelId: 99, kind: UMAP) { status } }';
    expect(await errorCode(server, missing)).toBe('MODEL_NOT_FOUND');
  });

  it('mislabelled images are suspected, and no other', async () => {
    const page = await proposed('suspectedLabelErrors');
    expect(page?.suggestions.map(({ image }) => image.name).sort()).toEqual(MISLABELLED);
    for (const { suggestedLabel, neighbours } of page?.suggestions ?? []) {
      expect(suggestedLabel).toBe('nights');
      expect(neighbours).toHaveLength(10);
    }
  });

  it('labels are accepted together, and taken back with what the answer says', async () => {
    const before = await proposed('labelSuggestions');
    const labels = before?.suggestions.map(({ image, suggestedLabel }) => ({
      ...{ imageId: image.id, label: suggestedLabel },
    }));
    expect(labels).toHaveLength(UNLABELLED.length);
    const accept = `mutation ($labels: [ImageLabelInput!]!) { acceptLabels(labels: $labels) {
      changedCount previous { imageId label } } }`;
    const { acceptLabels } = await ask<{
      acceptLabels: { changedCount: number; previous: unknown[] };
    }>(server, accept, { labels });
    expect(acceptLabels.changedCount).toBe(UNLABELLED.length);
    expect((await proposed('labelSuggestions'))?.totalCount).toBe(0);
    await ask(server, accept, { labels: acceptLabels.previous });
    expect(await proposed('labelSuggestions')).toEqual(before);
    expect(await ask(server, '{ labelReviewProgress(datasetId: 1) }')).toEqual({
      labelReviewProgress: null,
    });
  });

  it('the files of a map go with its model', async () => {
    const url = await drawn('PCA');
    await ask(
      server,
      `mutation { startTraining(input: { datasetId: 1, architecture: "pixel-components",
        hyperparameters: [{ name: "components", value: 8 }] }) { id } }`,
    );
    for (;;) {
      const { dataset } = await ask<{ dataset: { activeModel: { id: string } } }>(
        server,
        '{ dataset(id: 1) { activeModel { id } } }',
      );
      if (dataset.activeModel.id === '2') break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await ask(server, 'mutation { deleteModel(id: 1) }');
    expect((await server.fetch(url)).status).toBe(404);
  });
});
