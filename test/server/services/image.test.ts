import { describe, expect, it } from 'vitest';
import { ImageService, type ImagePage } from '../../../server/services/image.service.js';
import { claimed, datasetWithImages, newImage, queuedRun } from '../../contract/metadata/rows.js';
import { openStores, type Stores } from './stores.js';

function serviceOn({ images, blobs, pictures, runs }: Stores): ImageService {
  return new ImageService(images, blobs, pictures, runs);
}

describe('a page of ten images', () => {
  const pageOf = async (
    windowOf: (ids: readonly number[]) => Parameters<ImageService['page']>[2],
  ) => {
    const stores = await openStores();
    const { datasetId, imageIds } = await datasetWithImages(stores, 10);
    const page = await serviceOn(stores).page(datasetId, {}, windowOf(imageIds));
    return told(page, imageIds);
  };
  /** The first and last number on the page, and whether there are pages after and before it. */
  const told = ({ images, hasNextPage, hasPreviousPage }: ImagePage, ids: readonly number[]) => [
    images.map(({ id }) => ids.indexOf(id)),
    hasNextPage ? 'next' : 'no next',
    hasPreviousPage ? 'previous' : 'no previous',
  ];

  it.each([
    ['the first', undefined, 4, [[0, 1, 2, 3], 'next', 'no previous']],
    ['the second', 3, 4, [[4, 5, 6, 7], 'next', 'previous']],
    ['the last', 7, 4, [[8, 9], 'no next', 'previous']],
    ['the last, just filled', 5, 4, [[6, 7, 8, 9], 'no next', 'previous']],
    ['all', undefined, 10, [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 'no next', 'no previous']],
    ['behind the end', 9, 4, [[], 'no next', 'previous']],
  ])('forwards: %s', async (_, after, limit, expected) => {
    const page = await pageOf((ids) => ({
      afterId: after === undefined ? undefined : ids[after],
      limit,
    }));
    expect(page).toEqual(expected);
  });

  it.each([
    ['the last but one', 8, 4, [[4, 5, 6, 7], 'next', 'previous']],
    ['the first', 2, 4, [[0, 1], 'next', 'no previous']],
    ['the first, just filled', 4, 4, [[0, 1, 2, 3], 'next', 'no previous']],
    ['before the beginning', 0, 4, [[], 'next', 'no previous']],
  ])('backwards: %s', async (_, before, limit, expected) => {
    expect(await pageOf((ids) => ({ beforeId: ids[before], limit }))).toEqual(expected);
  });
});

it('the pages of a filter hold what matches it alone, and its count is theirs', async () => {
  const stores = await openStores();
  const { datasetId } = await datasetWithImages(stores, 3);
  await stores.images.insertMany([
    newImage(datasetId, 'test/0', { split: 'TEST', label: 'Bag' }),
    newImage(datasetId, 'test/1', { split: 'TEST', label: 'Coat' }),
  ]);
  const service = serviceOn(stores);
  const filter = { split: 'TEST', label: 'Coat' } as const;
  const page = await service.page(datasetId, filter, { limit: 1 });
  expect(page.images.map(({ name }) => name)).toEqual(['test/1']);
  expect(page.hasNextPage).toBe(false);
  expect(await service.count(datasetId, filter)).toBe(1);
});

it('the picture that an epoch redrew is found by run, epoch and image, and by nothing else', async () => {
  const stores = await openStores();
  const { imageIds } = await datasetWithImages(stores, 2);
  const [drawn = 0, other = 0] = imageIds;
  const { id } = await queuedRun(stores);
  const blobId = await stores.blobs.put(Uint8Array.from([1, 2, 3]));
  await stores.queue.finishEpoch((await claimed(stores)).lease, {
    epoch: 1,
    loss: 1,
    seconds: 1,
    checkpointBlobId: blobId,
    reconstructions: [{ imageId: drawn, blobId }],
  });
  const service = serviceOn(stores);
  const found = await service.epochReconstruction(id, 1, drawn);
  expect([...found.bytes]).toEqual([1, 2, 3]);
  expect(found.contentType).toBe('image/png');
  for (const [run, epoch, image] of [
    [id, 1, other],
    [id, 2, drawn],
    [id + 1, 1, drawn],
  ] as const) {
    await expect(service.epochReconstruction(run, epoch, image)).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
  }
});
