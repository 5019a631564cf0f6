import { describe, expect, it } from 'vitest';
import { DatasetService } from '../../../server/services/dataset.service.js';
import { datasetWithImages, newImage } from '../../contract/metadata/rows.js';
import { openStores } from './stores.js';

async function thirtyImages() {
  const stores = await openStores();
  const { datasetId, imageIds } = await datasetWithImages(stores, 25);
  await stores.images.insertMany(
    [0, 1, 2, 3, 4].map((at) => newImage(datasetId, `test/${at}`, { split: 'TEST' })),
  );
  const service = new DatasetService(stores.datasets, stores.images, stores.embeddings);
  const draw = async (seed: number, size: number, split: 'TRAIN' | 'TEST' | null = null) =>
    (await service.sample(datasetId, { split }, seed, size)).map(({ id }) => id);
  return { service, datasetId, imageIds, draw };
}

describe('a sample', () => {
  it('is the same for the same seed and another for another', async () => {
    const { draw } = await thirtyImages();
    expect(await draw(1, 10)).toEqual(await draw(1, 10));
    expect(await draw(1, 10)).not.toEqual(await draw(2, 10));
  });

  it('holds no image twice, in an order that is not that of the ids', async () => {
    const { draw } = await thirtyImages();
    const drawn = await draw(3, 20);
    expect(new Set(drawn).size).toBe(20);
    expect(drawn).not.toEqual([...drawn].sort((a, b) => a - b));
  });

  it('of more than there are holds all', async () => {
    const { draw, imageIds } = await thirtyImages();
    const drawn = await draw(4, 200, 'TRAIN');
    expect(drawn).toHaveLength(25);
    expect([...drawn].sort((a, b) => a - b)).toEqual(imageIds);
  });

  it('of nothing is empty', async () => {
    const { draw, service } = await thirtyImages();
    expect(await draw(1, 0)).toEqual([]);
    expect(await service.sample(999, {}, 1, 10)).toEqual([]);
  });

  it('keeps to its filter', async () => {
    const { draw, imageIds } = await thirtyImages();
    const drawn = await draw(5, 3, 'TEST');
    expect(drawn).toHaveLength(3);
    expect(drawn.some((id) => imageIds.includes(id))).toBe(false);
  });

  it('gives every image its chance', async () => {
    const { draw } = await thirtyImages();
    const seen = new Set<number>();
    for (let seed = 1; seed <= 60; seed += 1) {
      for (const id of await draw(seed, 5)) seen.add(id);
    }
    expect(seen.size).toBe(30);
  });
});

it('images that were changed and not counted are counted at the next start, of imports they are not', async () => {
  const stores = await openStores();
  const { datasetId } = await datasetWithImages(stores, 3);
  const { id: importing } = await stores.datasets.findOrCreate('half', 'Half');
  await stores.images.insertMany([newImage(importing, 'one')]);
  await stores.datasets.setImportState(datasetId, { status: 'READY', importedCount: 7 });
  await new DatasetService(stores.datasets, stores.images, stores.embeddings).settleCounts();
  expect(await stores.datasets.byId(datasetId)).toMatchObject({ importedCount: 3 });
  expect(await stores.datasets.byId(importing)).toMatchObject({ importedCount: 0 });
});

it('an unknown dataset is refused', async () => {
  const { service, datasetId } = await thirtyImages();
  await expect(service.get(datasetId + 1)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  expect((await service.get(datasetId)).id).toBe(datasetId);
});
