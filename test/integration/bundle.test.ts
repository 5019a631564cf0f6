import { expect, it, onTestFinished } from 'vitest';
import { copyOfImportedData, emptyDirectory, removeDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { startServer, type RunningServer } from './running-server.js';
import { startTraining, waitForStatus } from './training.js';

const HEADERS = { 'content-type': 'application/zip', 'apollo-require-preflight': 'true' };

interface DatasetState {
  readonly status: string;
  readonly importedCount: number;
  readonly importError: string | null;
  readonly activeModel: { readonly latentSize: number } | null;
}

async function started(directory: string): Promise<RunningServer> {
  const server = await startServer(directory);
  onTestFinished(async () => {
    await server.stop('SIGKILL');
  });
  return server;
}

async function take(server: RunningServer, bundle: ArrayBuffer, name: string): Promise<string> {
  const response = await server.fetch(`/bundles?name=${name}`, {
    ...{ method: 'POST', body: bundle, headers: HEADERS },
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { datasetId: string }).datasetId;
}

async function importEndOf(server: RunningServer, id: string): Promise<DatasetState> {
  for (;;) {
    const { dataset } = await ask<{ dataset: DatasetState }>(
      server,
      `query ($id: ID!) { dataset(id: $id) {
        status importedCount importError activeModel { latentSize }
      } }`,
      { id },
    );
    if (dataset.status !== 'IMPORTING') return dataset;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Neighbour {
  readonly distance: number;
  readonly image: { readonly name: string; readonly label: string };
}

/** The names and distances of the ten nearest to the first image of a dataset's TEST split. */
async function nearest(server: RunningServer, datasetId: string): Promise<Neighbour[]> {
  const { images } = await ask<{ images: { edges: { node: { id: string } }[] } }>(
    server,
    `query ($id: ID!) { images(datasetId: $id, filter: { split: TEST }, first: 1) {
      edges { node { id } }
    } }`,
    { id: datasetId },
  );
  const { similarImages } = await ask<{ similarImages: { neighbours: Neighbour[] } }>(
    server,
    `query ($id: ID!) { similarImages(imageId: $id, k: 10, split: TRAIN) {
      neighbours { distance image { name label } }
    } }`,
    { id: images.edges[0]?.node.id },
  );
  return similarImages.neighbours;
}

it('a trained dataset goes from one server to another, which is killed meanwhile', async () => {
  const directory = await copyOfImportedData('smallImportedData');
  onTestFinished(() => removeDirectory(directory));
  const here = await started(directory);
  const run = await startTraining(here, { epochs: 1, batchSize: 100 });
  await waitForStatus(here, run, 'SUCCEEDED');
  const exported = await here.fetch('/datasets/1/bundle');
  expect(exported.headers.get('content-type')).toBe('application/zip');
  const bundle = await exported.arrayBuffer();

  const elsewhere = await emptyDirectory();
  const killed = await started(elsewhere);
  const datasetId = await take(killed, bundle, 'brought');
  await killed.stop('SIGKILL');
  const there = await started(elsewhere);
  expect(await importEndOf(there, datasetId)).toEqual({
    ...{ status: 'READY', importedCount: 7000, importError: null },
    activeModel: { latentSize: 128 },
  });
  const [found, original] = [await nearest(there, datasetId), await nearest(here, '1')];
  expect(found.map(({ image }) => image)).toEqual(original.map(({ image }) => image));
  // Exact where the index is not built yet, by hnswlib's rounding where it is.
  found.forEach(({ distance }, position) => {
    expect(distance).toBeCloseTo(original[position]?.distance ?? Number.NaN, 5);
  });
});

it('what is no bundle makes no dataset', async () => {
  const server = await started(await emptyDirectory());
  const response = await server.fetch('/bundles?name=none', {
    ...{ method: 'POST', body: 'PK no zip', headers: HEADERS },
  });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ code: 'BUNDLE_INVALID' });
  const { datasets } = await ask<{ datasets: unknown[] }>(server, '{ datasets { id } }');
  expect(datasets).toEqual([]);
});
