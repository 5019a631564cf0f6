import { expect, it } from 'vitest';
import { RememberedImages } from '../../../server/services/remembered-images.js';
import { newImage } from '../../contract/metadata/rows.js';
import { openStores, type Stores } from './stores.js';

/** Images in the table, and the table with those looked up in memory. */
async function rememberedOver(count: number, mostBytes?: number) {
  const stores = await openStores();
  const { id: datasetId } = await stores.datasets.findOrCreate('pictures', 'Pictures');
  const rows = Array.from({ length: count }, (_, at) => newImage(datasetId, `train/${at}`));
  await stores.images.insertMany(rows);
  const ids = await stores.images.ids(datasetId, {});
  return { stores, datasetId, ids, images: new RememberedImages(stores.images, mostBytes) };
}

/** What another process would have to do to be noticed: it goes past the memory. */
async function relabelPast({ images }: Stores, id: number): Promise<void> {
  await images.describe(id, { label: 'past', split: 'TRAIN', metadata: [] });
}

it('answers what the table answers, in the order of the ids, without unknown ones', async () => {
  const { stores, ids, images } = await rememberedOver(5);
  const asked = [...ids.toReversed(), 999, ids[0] ?? 0];
  const plain = await stores.images.byIds(asked);
  expect(await images.byIds(asked)).toEqual(plain);
  expect(await images.byIds(asked)).toEqual(plain);
  expect(await images.byId(ids[2] ?? 0)).toEqual(await stores.images.byId(ids[2] ?? 0));
  expect(await images.byId(999)).toBeNull();
});

it('answers a second time without the table', async () => {
  const { stores, ids, images } = await rememberedOver(2);
  const first = await images.byIds(ids);
  await relabelPast(stores, ids[0] ?? 0);
  expect(await images.byIds(ids)).toEqual(first);
});

it('tells what was said of an image last', async () => {
  const { ids, images } = await rememberedOver(2);
  const [id = 0] = ids;
  await images.byIds(ids);
  await images.describe(id, { label: 'Boot', split: 'TEST', metadata: [] });
  expect(await images.byId(id)).toMatchObject({ label: 'Boot', split: 'TEST' });
});

it('knows nothing of a deleted image', async () => {
  const { ids, images } = await rememberedOver(3);
  const [gone = 0, ...others] = ids;
  await images.byIds(ids);
  await images.deleteMany([gone]);
  expect(await images.byId(gone)).toBeNull();
  expect((await images.byIds(ids)).map(({ id }) => id)).toEqual(others);
});

it('keeps nothing that was read while it was changed', async () => {
  const { ids, images } = await rememberedOver(2);
  const [id = 0] = ids;
  const description = { label: 'Boot', split: 'TRAIN', metadata: [] } as const;
  const around = [images.byIds(ids), images.describe(id, description), images.byIds(ids)];
  await Promise.all(around);
  expect(await images.byId(id)).toMatchObject({ label: 'Boot' });
  await Promise.all([images.byIds(ids), images.deleteMany([id]), images.byIds(ids)]);
  expect(await images.byId(id)).toBeNull();
});

it('answers whole when there is room for hardly any', async () => {
  const { stores, ids, images } = await rememberedOver(20, 2000);
  const plain = await stores.images.byIds(ids);
  for (let time = 0; time < 3; time += 1) expect(await images.byIds(ids)).toEqual(plain);
});

it('looks up ahead what there is room for', async () => {
  const { stores, datasetId, ids, images } = await rememberedOver(3);
  const [id = 0] = ids;
  await images.lookAhead(datasetId);
  await relabelPast(stores, id);
  expect(await images.byId(id)).not.toMatchObject({ label: 'past' });

  const small = new RememberedImages(stores.images, 1);
  await small.lookAhead(datasetId);
  expect(await small.byIds(ids)).toHaveLength(3);
});
