import { expect, it } from 'vitest';
import type { Metadata, OpenMetadata } from './metadata.js';
import { claimed, newImage, queuedRun, trainedModel } from './rows.js';
import { randomEmbeddings } from '../vectors.js';

const ADA = { key: 'photographer', value: 'Ada' };

/** Images with these blobs, `original/thumbnail`. @returns their ids */
async function imagesOf(
  { datasets, images }: Metadata,
  dataset: string,
  ...blobs: string[]
): Promise<number[]> {
  const { id } = await datasets.findOrCreate(dataset, dataset);
  await images.insertMany(
    blobs.map((pair, at) => {
      const [blobId = '', thumbnailBlobId = null] = pair.split('/');
      return newImage(id, `n/${at}`, { blobId, thumbnailBlobId, metadata: [ADA] });
    }),
  );
  return images.ids(id, {});
}

export function imageDeletionCases(open: OpenMetadata): void {
  it('a deleted image is nowhere any more, and the others are as they were', async () => {
    const metadata = await open();
    const { images } = metadata;
    const [kept = 0, deleted = 0] = await imagesOf(metadata, 'pictures', 'one', 'two');
    const before = await images.byId(kept);
    await images.deleteMany([deleted, 12_345]);
    const datasetId = before?.datasetId ?? 0;
    expect(await images.byId(deleted)).toBeNull();
    expect(await images.ids(datasetId, {})).toEqual([kept]);
    expect(await images.ids(datasetId, { metadata: [ADA] })).toEqual([kept]);
    expect([...(await images.metadata([kept, deleted])).keys()]).toEqual([kept]);
    expect(await images.byId(kept)).toEqual(before);
  });

  it('the id and the name of a deleted image: one is never given again, the other can be', async () => {
    const metadata = await open();
    const [first = 0] = await imagesOf(metadata, 'pictures', 'one');
    await metadata.images.deleteMany([first]);
    const [second] = await imagesOf(metadata, 'pictures', 'one');
    expect(second).toBeGreaterThan(first);
  });

  it('the blobs of deleted images are told, originals and thumbnails', async () => {
    const metadata = await open();
    const ids = await imagesOf(metadata, 'pictures', 'one/small-one', 'two', 'three/small-three');
    const blobs = await metadata.images.deleteMany(ids.slice(0, 2));
    expect(blobs.sort()).toEqual(['one', 'small-one', 'two']);
  });

  it('bytes that another image bears, in any dataset, are not told', async () => {
    const metadata = await open();
    const [one = 0, twin = 0] = await imagesOf(
      metadata,
      'pictures',
      'shared/small',
      'shared/small',
    );
    const [other = 0] = await imagesOf(metadata, 'others', 'shared/other-small');
    expect(await metadata.images.deleteMany([one])).toEqual([]);
    expect(await metadata.images.deleteMany([twin])).toEqual(['small']);
    const last = await metadata.images.deleteMany([other]);
    expect(last.sort()).toEqual(['other-small', 'shared']);
  });

  it('bytes that are the original of one image and the thumbnail of another are kept', async () => {
    const metadata = await open();
    const [one = 0, two = 0] = await imagesOf(metadata, 'pictures', 'large/small', 'small');
    expect(await metadata.images.deleteMany([two])).toEqual([]);
    expect((await metadata.images.deleteMany([one])).sort()).toEqual(['large', 'small']);
  });

  it('bytes that a model or a checkpoint bears are kept', async () => {
    const metadata = await open();
    const ids = await imagesOf(metadata, 'pictures', 'weights', 'checkpoint', 'free');
    await trainedModel(metadata, { weightsBlobId: 'weights' });
    await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    const epoch = { epoch: 1, loss: 1, seconds: 1, checkpointBlobId: 'checkpoint' };
    await metadata.queue.finishEpoch(lease, { ...epoch, reconstructions: [] });
    expect(await metadata.images.deleteMany(ids)).toEqual(['free']);
  });

  it('what epochs redrew of a deleted image goes along, and is told once unless it is borne', async () => {
    const metadata = await open();
    const [gone = 0, stays = 0] = await imagesOf(metadata, 'pictures', 'one', 'two');
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    for (const [epoch, blobId] of [
      [1, 'redrawn'],
      [2, 'redrawn'],
      [3, 'alike'],
    ] as const) {
      await metadata.queue.finishEpoch(lease, {
        epoch,
        loss: 1,
        seconds: 1,
        checkpointBlobId: 'c',
        reconstructions: [
          { imageId: gone, blobId },
          { imageId: stays, blobId: 'alike' },
        ],
      });
    }
    expect((await metadata.images.deleteMany([gone])).sort()).toEqual(['one', 'redrawn']);
    const left = await metadata.runs.reconstructions(id, null);
    expect(left.map(({ imageId }) => imageId)).toEqual([stays, stays, stays]);
  });

  it('embeddings and failures go along', async () => {
    const metadata = await open();
    const [first = 0, second = 0, third = 0] = await imagesOf(metadata, 'p', 'a', 'b', 'c');
    await metadata.embeddings.putMany(1, randomEmbeddings([first, third], 2, 1));
    await metadata.embeddings.putFailures(1, [{ imageId: second, message: 'damaged' }]);
    const datasetId = (await metadata.images.byId(first))?.datasetId ?? 0;
    await metadata.images.deleteMany([first, second]);
    expect(await metadata.embeddings.ids(1, 'TRAIN')).toEqual([third]);
    expect(await metadata.embeddings.counts(1, datasetId)).toEqual({
      EMBEDDED: 1,
      FAILED: 0,
      PENDING: 0,
    });
  });

  it('more images than one statement takes are deleted at once, or none at all', async () => {
    const metadata = await open();
    const blobs = Array.from({ length: 2300 }, (_, at) => `blob ${at}/small ${at}`);
    const ids = await imagesOf(metadata, 'pictures', ...blobs);
    expect(await metadata.images.deleteMany([])).toEqual([]);
    const told = await metadata.images.deleteMany(ids.slice(1));
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(2 * 2299);
    const { datasetId = 0 } = (await metadata.images.byId(ids[0] ?? 0)) ?? {};
    expect(await metadata.images.ids(datasetId, {})).toEqual(ids.slice(0, 1));
  });
}
