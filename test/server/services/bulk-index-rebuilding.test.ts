import { expect, it } from 'vitest';
import type { Split } from '../../../server/domain/dataset.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { BulkEmbedder } from '../../../server/services/bulk-embedder.js';
import { LoadedNetworks } from '../../../server/services/loaded-networks.js';
import { embeddingOf, newImage, trainedModel } from '../../contract/metadata/rows.js';
import { openStores, type Stores } from './stores.js';

const HYPERPARAMETERS = { m: 16, efConstruction: 200, efSearch: 64 };

/** A model without an index, whose images lie on a circle. */
async function unindexed(train: number, test: number) {
  const stores = await openStores();
  const id = await trainedModel(stores, {
    hyperparameters: HYPERPARAMETERS,
    latentSize: 2,
    indexes: [],
  });
  const model = await stores.models.byId(id);
  if (!model) throw new Error('The model is gone.');
  const rows = (split: Split, count: number) =>
    Array.from({ length: count }, (_, at) =>
      newImage(model.datasetId, `${split}/${at}`, { split }),
    );
  await stores.images.insertMany([...rows('TRAIN', train), ...rows('TEST', test)]);
  const ids = await stores.images.ids(model.datasetId, {});
  await stores.embeddings.putMany(
    id,
    ids.map((each) => embeddingOf(each, [Math.cos(each), Math.sin(each)])),
  );
  const bulk = new BulkEmbedder(
    new LoadedNetworks(createNetworks, stores.blobs),
    stores,
    createExactSearch,
  );
  return { stores, model, bulk };
}

async function indexOf({ models, indexes }: Stores, modelId: number, split: Split) {
  const model = await models.byId(modelId);
  const row = model?.indexes.find((index) => index.split === split);
  if (!row) throw new Error('There is no index.');
  return { row, index: await indexes.open(row.id) };
}

it('a split that had no index gets one over all of its embeddings, and the other none', async () => {
  const { stores, model, bulk } = await unindexed(30, 7);
  await bulk.rebuildIndex(model, 'TRAIN');
  const { row, index } = await indexOf(stores, model.id, 'TRAIN');
  expect(row).toMatchObject({ size: 30, metric: 'COSINE', ...HYPERPARAMETERS });
  expect(index.ids().sort((a, b) => a - b)).toEqual(await stores.embeddings.ids(model.id, 'TRAIN'));
  expect((await stores.models.byId(model.id))?.indexes).toHaveLength(1);
});

it('an index is replaced by what is embedded now, and its folder goes', async () => {
  const { stores, model, bulk } = await unindexed(30, 7);
  await bulk.rebuildIndex(model, 'TEST');
  const old = await indexOf(stores, model.id, 'TEST');
  const [gone = 0] = await stores.embeddings.ids(model.id, 'TEST');
  await stores.images.deleteMany([gone]);
  // The caller's model is from before: it tells of no index.
  await bulk.rebuildIndex(model, 'TEST');
  const { row, index } = await indexOf(stores, model.id, 'TEST');
  expect([row.size, index.has(gone)]).toEqual([6, false]);
  expect(await stores.indexes.list()).toEqual([row.id]);
  expect(old.index.has(gone)).toBe(true);
});

it('an index whose embeddings are all gone becomes an empty one', async () => {
  const { stores, model, bulk } = await unindexed(3, 0);
  await bulk.rebuildIndex(model, 'TRAIN');
  await stores.images.deleteMany(await stores.images.ids(model.datasetId, {}));
  await bulk.rebuildIndex(model, 'TRAIN');
  const { row, index } = await indexOf(stores, model.id, 'TRAIN');
  expect([row.size, index.search(Float32Array.from([1, 0]), 5, 64)]).toEqual([0, []]);
});

it('two rebuilds at once leave one index', async () => {
  const { stores, model, bulk } = await unindexed(30, 0);
  await Promise.all([bulk.rebuildIndex(model, 'TRAIN'), bulk.rebuildIndex(model, 'TRAIN')]);
  const { row } = await indexOf(stores, model.id, 'TRAIN');
  expect(await stores.indexes.list()).toEqual([row.id]);
});

it('nothing is built for a model that is gone', async () => {
  const { stores, model, bulk } = await unindexed(3, 0);
  await bulk.rebuildIndex({ ...model, id: model.id + 1 }, 'TRAIN');
  expect(await stores.indexes.list()).toEqual([]);
});
