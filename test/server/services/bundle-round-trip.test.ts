import { expect, it } from 'vitest';
import type { BundleWorld } from './bundle-world.js';
import { exported, imported, openBundleWorld } from './bundle-world.js';
import { changeJson, forged, type BundleFiles } from './bundle-forgery.js';
import { mixedDataset, rawDataset, withModel } from './bundle-dataset.js';

/** All that is said of a dataset's images, with their bytes, but for ids. */
async function contentOf({ images, blobs }: BundleWorld, datasetId: number) {
  const all = await images.byIds(await images.ids(datasetId, {}));
  const metadata = await images.metadata(all.map(({ id }) => id));
  const bytes = await blobs.getMany(all.map(({ blobId }) => blobId));
  return all.map((image, at) => ({
    ...without(image, ['id', 'datasetId']),
    metadata: metadata.get(image.id),
    bytes: Buffer.from(bytes[at] ?? []).toString('base64'),
  }));
}

/** The embeddings of a dataset's images under its active model, in their order, bit for bit. */
async function embeddingsOf(world: BundleWorld, datasetId: number) {
  const dataset = await world.datasets.byId(datasetId);
  const ids = await world.images.ids(datasetId, {});
  const found = await world.embeddings.findMany(dataset?.activeModelId ?? 0, ids);
  return found.map(({ imageId, vector, reconstructionError }) => ({
    at: ids.indexOf(imageId),
    vector: Buffer.from(vector.slice().buffer).toString('hex'),
    reconstructionError,
  }));
}

it('a dataset without a model is the same elsewhere', async () => {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const datasetId = await mixedDataset(here);
  const before = await contentOf(here, datasetId);
  expect(before).toHaveLength(5);
  expect(before[3]).toMatchObject({ format: 'JPEG', width: 300, label: 'red', metadata: [{}, {}] });

  const newId = await imported(there, await exported(here, datasetId));
  expect(await contentOf(there, newId)).toEqual(before);
  expect(await there.datasets.byId(newId)).toMatchObject({
    ...{ name: 'mixed', title: 'Mixed pictures', status: 'READY', importError: null },
    ...{ importedCount: 5, expectedCount: 5, activeModelId: null },
  });
  expect(await there.datasets.refusals(newId, null, 10)).toEqual([]);
  expect(await there.incoming()).toEqual([]);
});

it('a model and its embeddings are the same elsewhere, bit for bit', async () => {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const datasetId = await mixedDataset(here);
  const model = await withModel(here, datasetId);
  const before = await embeddingsOf(here, datasetId);
  expect(before).toHaveLength(4);

  const newId = await imported(there, await exported(here, datasetId));
  const dataset = await there.datasets.byId(newId);
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 5 });
  const brought = await there.models.byId(dataset?.activeModelId ?? 0);
  const same = without(model, ['id', 'datasetId', 'createdAt', 'indexes', 'evaluation']);
  expect(brought).toMatchObject(same);
  const { evaluation } = model;
  expect(evaluation.details?.worstQueries).toHaveLength(1);
  // An image has another id there.
  const details = { ...evaluation.details, worstQueries: [] };
  expect(brought?.evaluation).toEqual({ ...evaluation, details });
  const weights = await there.blobs.get(model.weightsBlobId);
  expect(Buffer.from(weights)).toEqual(Buffer.from(await here.blobs.get(model.weightsBlobId)));
  const epochs = await there.runs.epochs(brought?.id ?? 0, 0);
  const epochsBefore = await here.runs.epochs(model.id, 0);
  expect(epochsBefore).toHaveLength(2);
  expect(epochs.map((epoch) => without(epoch, ['runId']))).toEqual(
    epochsBefore.map((epoch) => without(epoch, ['runId'])),
  );
  const after = await embeddingsOf(there, newId);
  expect(after.filter(({ at }) => at < 4)).toEqual(before);
});

it('a model that was measured before there were details comes without them', async () => {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const datasetId = await mixedDataset(here);
  const { evaluation } = await withModel(here, datasetId);
  const older = (files: BundleFiles) =>
    changeJson(files, 'model/model.json', (model) => ({
      ...model,
      evaluation: without(evaluation, ['details']),
    }));
  const bundle = await forged(await exported(here, datasetId), older, { signed: true });
  const dataset = await there.datasets.byId(await imported(there, bundle));
  const brought = await there.models.byId(dataset?.activeModelId ?? 0);
  expect(brought?.evaluation).toEqual({ ...evaluation, details: null });
});

it('the indexes are there when the import has ended, with what was embedded here too', async () => {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const datasetId = await mixedDataset(here);
  await withModel(here, datasetId);
  const newId = await imported(there, await exported(here, datasetId));
  const { activeModelId } = (await there.datasets.byId(newId)) ?? {};
  const model = await there.models.byId(activeModelId ?? 0);
  if (!model) throw new Error('There is no model.');
  expect(model.indexes.map(({ split, m }) => [split, m])).toEqual([
    ['TRAIN', 5],
    ['TEST', 5],
  ]);
  // The one that had no embedding is a PNG: it was embedded as it came in.
  expect((await embeddingsOf(there, newId)).map(({ at }) => at)).toEqual([0, 1, 2, 3, 4]);
  const ids = (await there.live.get(model, 'TEST')).ids();
  expect(ids.sort()).toEqual(await there.images.ids(newId, { split: 'TEST' }));
});

it('a dataset can be imported beside itself under another name', async () => {
  const world = await openBundleWorld();
  const datasetId = await mixedDataset(world);
  await withModel(world, datasetId);
  const bundle = await exported(world, datasetId);
  await expect(imported(world, bundle)).rejects.toMatchObject({ code: 'DATASET_NAME_TAKEN' });
  await expect(imported(world, bundle, 'Ä')).rejects.toMatchObject({
    code: 'DATASET_NAME_INVALID',
  });
  expect(await world.incoming()).toEqual([]);
  const newId = await imported(world, bundle, 'again');
  expect(await contentOf(world, newId)).toEqual(await contentOf(world, datasetId));
});

it('an empty dataset, and one of more images than a page, are the same elsewhere', async () => {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const empty = await here.datasets.create('empty', 'Empty');
  const none = await imported(there, await exported(here, empty?.id ?? 0));
  expect(await there.datasets.byId(none)).toMatchObject({ status: 'READY', importedCount: 0 });
  const datasetId = await rawDataset(here, 1203);
  const newId = await imported(there, await exported(here, datasetId));
  expect(await contentOf(there, newId)).toEqual(await contentOf(here, datasetId));
});

it('images that are deleted while it is exported are left out whole', async () => {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const datasetId = await rawDataset(here, 500);
  await withModel(here, datasetId);
  const ids = await here.images.ids(datasetId, {});
  const pieces: Uint8Array[] = [];
  const { writeTo } = await here.exports.prepare(datasetId);
  let isFirst = true;
  await writeTo(async (bytes) => {
    pieces.push(bytes);
    // Early ones have gone out by then, late ones have not.
    if (isFirst) await here.writer.delete([...ids.slice(0, 20), ...ids.slice(-20)]);
    isFirst = false;
  });
  const newId = await imported(there, Buffer.concat(pieces));
  expect(await there.datasets.byId(newId)).toMatchObject({ status: 'READY', importedCount: 460 });
  expect(await contentOf(there, newId)).toEqual(await contentOf(here, datasetId));
  expect(await embeddingsOf(there, newId)).toEqual(await embeddingsOf(here, datasetId));
});

it('a dataset that is being imported, or is not there, cannot be exported', async () => {
  const { exports, datasets } = await openBundleWorld();
  const { id } = await datasets.findOrCreate('coming', 'Coming');
  await expect(exports.prepare(id)).rejects.toMatchObject({ code: 'DATASET_NOT_READY' });
  await expect(exports.prepare(77)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
});

function without(object: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
