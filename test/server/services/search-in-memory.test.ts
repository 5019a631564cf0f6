import { expect, it, vi } from 'vitest';
import { RememberedImages } from '../../../server/services/remembered-images.js';
import type { SearchOptions, SimilarImages } from '../../../server/services/search.service.js';
import { idOf, modelOf, searchOver, servicesOn } from './search-world.js';

const TRAIN = Array.from({ length: 40 }, (_, at) => at * 4);
const OPTIONS: SearchOptions = { k: 5, filter: { split: 'TRAIN' }, modelId: null };

/** The services with the images in memory, and without. */
async function world() {
  const { stores, datasetId, search: plain } = await searchOver(TRAIN, [3]);
  const modelId = await modelOf(stores);
  const images = new RememberedImages(stores.images);
  const services = servicesOn({ ...stores, images });
  const id = await idOf(stores, datasetId, 'train/80');
  const { search } = services;
  /** Answered at once, as it comes to be when everything has been looked up and listed. */
  const atOnce = (options = OPTIONS): Promise<SimilarImages> =>
    vi.waitFor(async () => {
      const answer = search.similarToImage(id, options);
      if (!(answer instanceof Promise)) return answer;
      await answer;
      throw new Error('It took a promise.');
    });
  return { ...services, stores, datasetId, modelId, images, plain, id, atOnce };
}

function told({ query, neighbours, model, indexes, positives }: SimilarImages) {
  const found = neighbours.map(({ rank, imageId, distance, similarity, percentile, image }) => ({
    ...{ rank, imageId, distance, similarity, percentile, image },
  }));
  return { query, found, model, indexes, positives };
}

it('is what a search finds', async () => {
  const { atOnce, plain, id } = await world();
  for (const k of [1, 5, 10]) {
    const options = { ...OPTIONS, k };
    const answer = told(await atOnce(options));
    expect(answer.found).toHaveLength(k);
    expect(answer).toEqual(told(await plain.similarToImage(id, options)));
  }
});

it('is listed ahead of the first search', async () => {
  const { live, modelId } = await world();
  const index = await live.get({ id: modelId }, 'TRAIN');
  const asked = vi.spyOn(index, 'neighboursOf');
  live.lookAhead();
  expect(asked).toHaveBeenCalledOnce();
});

it.each([
  ['more than are listed', { k: 11 }],
  ['both splits', { filter: {} }],
  ['a label', { filter: { split: 'TRAIN', label: '' } }],
  ['metadata', { filter: { split: 'TRAIN', metadata: [{ key: 'a', value: 'b' }] } }],
  ['a day', { filter: { split: 'TRAIN', addedFrom: new Date(0) } }],
  ['a k that there is not', { k: 0 }],
  ['a model that there is not', { modelId: 99 }],
] as const)('is not for %s', async (_what, options) => {
  const { atOnce, search, plain, id } = await world();
  await atOnce();
  const asked = { ...OPTIONS, ...options };
  const answer = search.similarToImage(id, asked);
  expect(answer).toBeInstanceOf(Promise);
  const outcome = (of: Promise<SimilarImages> | SimilarImages) =>
    Promise.resolve(of).then(told, (thrown: unknown) => thrown);
  expect(await outcome(answer)).toEqual(await outcome(plain.similarToImage(id, asked)));
});

it('leaves out what was deleted a moment ago', async () => {
  const { atOnce, search, images, live, id } = await world();
  const [nearest] = (await atOnce()).neighbours;
  const gone = nearest?.imageId ?? 0;
  await images.deleteMany([gone]);
  live.noteRemoved([gone]);
  const { neighbours } = await search.similarToImage(id, OPTIONS);
  expect(neighbours.map(({ imageId }) => imageId)).not.toContain(gone);
  expect(neighbours).toHaveLength(5);
});

it('leaves out a deleted image before the index knows of it', async () => {
  const { atOnce, search, images, id } = await world();
  const [nearest] = (await atOnce()).neighbours;
  const gone = nearest?.imageId ?? 0;
  await images.deleteMany([gone]);
  const { neighbours } = await search.similarToImage(id, OPTIONS);
  expect(neighbours.map(({ imageId }) => imageId)).not.toContain(gone);
});

it('tells what was said of an image last, and is of the model that answers now', async () => {
  const { atOnce, search, stores, images, id, modelId } = await world();
  const [nearest] = (await atOnce()).neighbours;
  const other = nearest?.imageId ?? 0;
  await images.describe(other, { label: 'Boot', split: 'TRAIN', metadata: [] });
  const described = await search.similarToImage(id, OPTIONS);
  expect(described.neighbours[0]?.image.label).toBe('Boot');
  const later = await modelOf(stores, 10);
  await stores.activations.activate(later, false);
  expect((await search.similarToImage(id, OPTIONS)).model.id).toBe(later);
  expect((await search.similarToImage(id, { ...OPTIONS, modelId })).model.id).toBe(modelId);
});

it('is refused as soon as the dataset is being deleted', async () => {
  const { atOnce, search, stores, datasetId, id } = await world();
  await atOnce();
  await stores.datasets.setImportState(datasetId, { status: 'DELETING' });
  await expect(Promise.resolve(search.similarToImage(id, OPTIONS))).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
  });
});
