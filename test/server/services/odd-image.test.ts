import { expect, it } from 'vitest';
import { OddImageService } from '../../../server/services/odd-image.service.js';
import { newImage } from '../../contract/metadata/rows.js';
import { direction, modelWith, removedFrom, searchOver } from './search-world.js';

const ERRORS = [0.02, 0.5, null, 0.11, 0.5, 0];

async function redrawn(statistics: { errorQuantiles: number[] } | null) {
  const world = await searchOver([0, 1, 2, 3, 4, 5], []);
  const { stores, datasetId, models } = world;
  await stores.images.insertMany([newImage(datasetId, 'not embedded')]);
  const ids = await stores.images.ids(datasetId, {});
  const embeddings = ERRORS.map((reconstructionError, at) => ({
    ...{ imageId: ids[at] ?? 0, vector: direction(at), reconstructionError },
  }));
  const modelId = await modelWith(stores, () => Promise.resolve(embeddings), {
    latentSize: 2,
    statistics: statistics && { distanceQuantiles: [], ...statistics },
  });
  const service = new OddImageService(models, stores.images, stores.embeddings);
  const dataset = await stores.datasets.byId(datasetId);
  const list = (offset: number, limit: number) =>
    service.list({ activeModelId: dataset?.activeModelId ?? null }, offset, limit);
  return { ...world, service, list, modelId };
}

it('the images that are redrawn worst come first; those without an error are left out', async () => {
  const { list, modelId } = await redrawn({ errorQuantiles: [0, 0.1, 0.2] });
  const odd = await list(0, 10);
  expect(odd.every(({ model }) => model.id === modelId)).toBe(true);
  expect(odd.map(({ image }) => image.name)).toEqual([1, 4, 3, 0, 5].map((at) => `train/${at}`));
  expect(odd.map(({ percentile }) => percentile?.toFixed(2))).toEqual([
    ...['1.00', '1.00', '0.78', '0.15', '0.00'],
  ]);
  expect(odd[2]?.reconstructionError).toBeCloseTo(0.11, 6);
});

it('they come page by page, without those that are deleted', async () => {
  const world = await redrawn(null);
  const names = async (offset: number, limit: number) =>
    (await world.list(offset, limit)).map(({ image }) => image.name);
  expect(await names(0, 2)).toEqual(['train/1', 'train/4']);
  expect(await names(2, 2)).toEqual(['train/3', 'train/0']);
  const [odd] = await world.list(0, 1);
  expect(odd?.percentile).toBeNull();
  await removedFrom(world, [odd?.image.id ?? 0]);
  expect(await names(0, 2)).toEqual(['train/4', 'train/3']);
});

it('without a model there are none', async () => {
  const { service } = await redrawn(null);
  expect(await service.list({ activeModelId: null }, 0, 10)).toEqual([]);
});
