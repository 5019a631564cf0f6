import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, similarTo } from './added-pictures.js';
import { removeDirectory } from './data-directory.js';
import { ask, errorCode } from './graphql-request.js';
import { colouredPicture } from './picture-folder.js';
import { startServer, type RunningServer } from './running-server.js';
import { waitForStatus } from './training.js';

describe('a dataset of one’s own', () => {
  let directory: string;
  let server: RunningServer;
  let datasetId: string;
  let ids: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lookalike-'));
    server = await startServer(directory);
    const { createDataset } = await ask<{ createDataset: { id: string } }>(
      server,
      'mutation { createDataset(name: "colours", title: "Colours") { id title status } }',
    );
    datasetId = createDataset.id;
    const files = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => ({
        ...{ name: `${at}.png`, bytes: await colouredPicture(at), label: `l${at % 3}` },
      })),
    );
    const added = await add(server, datasetId, files);
    expect(added.every(({ outcome }) => outcome === 'ADDED')).toBe(true);
    ids = added.flatMap(({ image }) => image?.id ?? []);
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  it('has a name that is well formed and its own', async () => {
    const create = (name: string) =>
      errorCode(server, `mutation { createDataset(name: "${name}") { id } }`);
    expect(await create('Not a name')).toBe('DATASET_NAME_INVALID');
    expect(await create('colours')).toBe('DATASET_NAME_TAKEN');
  });

  it('tells what is in it, and of every image all that is known', async () => {
    const { dataset } = await ask<{ dataset: Record<string, unknown> }>(
      server,
      `{ dataset(id: "${datasetId}") {
        status importedCount labelTotal metadataKeys refusalCount embeddingCounts { embedded }
        labelCounts(containing: "L1", first: 10) { label count } } }`,
    );
    expect(dataset).toMatchObject({
      ...{ status: 'READY', importedCount: 60, labelTotal: 3, refusalCount: 0 },
      ...{ metadataKeys: [], embeddingCounts: null },
    });
    await ask(
      server,
      `mutation { describeImage(id: "${ids[0]}", description: { label: null,
        metadata: [{ key: "size", value: "big" }] }) { id } }`,
    );
    const { images } = await ask<{ images: { totalCount: number; edges: unknown[] } }>(
      server,
      `{ images(datasetId: "${datasetId}", filter: { metadata: [{ key: "size", value: "big" }],
          addedFrom: "2020-01-01T00:00:00Z" }) {
        totalCount edges { node { id label metadata { key value } hasAlpha dataset { id }
          embedding embeddingFailure } } } }`,
    );
    expect(images.edges).toEqual([
      {
        node: {
          ...{ id: ids[0], label: null, metadata: [{ key: 'size', value: 'big' }] },
          ...{ hasAlpha: false, dataset: { id: datasetId } },
          ...{ embedding: null, embeddingFailure: null },
        },
      },
    ]);
    expect(images.totalCount).toBe(1);
  });

  it('serves the picture, its thumbnail and its original', async () => {
    const { image } = await ask<{ image: Record<'url' | 'thumbnailUrl' | 'originalUrl', string> }>(
      server,
      `{ image(id: "${ids[1]}") { url thumbnailUrl originalUrl } }`,
    );
    for (const path of [image.url, image.thumbnailUrl, image.originalUrl]) {
      const response = await server.fetch(path);
      expect([path, response.status]).toEqual([path, 200]);
    }
    const original = await server.fetch(image.originalUrl);
    const bytes = Buffer.from(await original.arrayBuffer());
    expect(bytes.equals(await colouredPicture(1))).toBe(true);
  });

  it('sends a small thumbnail in its URL to who asks for that', async () => {
    const { image } = await ask<{ image: Record<'served' | 'inline', string> }>(
      server,
      `{ image(id: "${ids[1]}") { served: thumbnailUrl inline: thumbnailUrl(inline: true) } }`,
    );
    const [served, inline] = [await server.fetch(image.served), await fetch(image.inline)];
    expect(image.inline).toMatch(/^data:image\/png;base64,/);
    expect(inline.headers.get('content-type')).toBe(served.headers.get('content-type'));
    expect(await inline.arrayBuffer()).toEqual(await served.arrayBuffer());
  });

  it('takes what it can of a request, and tells what not', async () => {
    const [text, twin] = await add(server, datasetId, [
      { name: 'text.png', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
      { name: '2.png', bytes: await colouredPicture(2) },
    ]);
    expect(text).toMatchObject({ outcome: 'REFUSED', refusal: { code: 'UPLOAD_NOT_AN_IMAGE' } });
    expect(twin).toMatchObject({ outcome: 'UNCHANGED', image: { id: ids[2] } });
    await ask(server, `mutation { clearRefusals(datasetId: "${datasetId}") { refusalCount } }`);
  });

  it('is searched: what is added is found at once, what is deleted never again', async () => {
    const { startTraining } = await ask<{ startTraining: { id: string } }>(
      server,
      `mutation { startTraining(input: { datasetId: "${datasetId}",
        architecture: "conv-autoencoder",
        hyperparameters: [{ name: "epochs", value: 1 }, { name: "batchSize", value: 20 }] }) { id } }`,
    );
    await waitForStatus(server, startTraining.id, 'SUCCEEDED');
    const before = await similarTo(server, ids[1] ?? '');
    expect(before).toHaveLength(59);
    const bytes = await colouredPicture(1, 41);
    const [added] = await add(server, datasetId, [{ name: 'new.png', bytes, split: 'TRAIN' }]);
    const newId = added?.image?.id ?? '';
    expect(added?.image?.embedding).toBe('EMBEDDED');
    expect(await similarTo(server, ids[1] ?? '')).toContain(newId);
    const { deleteImages } = await ask<{ deleteImages: string[] }>(
      server,
      `mutation { deleteImages(ids: ["${newId}", "${ids[3]}", "999999"]) }`,
    );
    expect(deleteImages.sort()).toEqual([newId, ids[3]].sort());
    const after = await similarTo(server, ids[1] ?? '');
    expect(after).toHaveLength(58);
    expect(after).not.toContain(newId);
  });

  it('is deleted with all that is in it, and not while it is trained on', async () => {
    const { startTraining } = await ask<{ startTraining: { id: string } }>(
      server,
      `mutation { startTraining(input: { datasetId: "${datasetId}",
        architecture: "conv-autoencoder" }) { id } }`,
    );
    const remove = `mutation { deleteDataset(id: "${datasetId}") }`;
    expect(await errorCode(server, remove)).toBe('DATASET_BUSY');
    await ask(server, `mutation { cancelTraining(runId: "${startTraining.id}") { id } }`);
    await waitForStatus(server, startTraining.id, 'CANCELLED');
    await ask(server, remove);
    for (;;) {
      const { datasets } = await ask<{ datasets: unknown[] }>(server, '{ datasets { id } }');
      if (datasets.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await errorCode(server, `{ image(id: "${ids[0]}") { id } }`)).toBe('IMAGE_NOT_FOUND');
  });
});
