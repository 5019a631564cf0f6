import { expect, it } from 'vitest';
import type { Embedding } from '../../../server/domain/model.js';
import { randomEmbeddings } from '../vectors.js';
import type { OpenMetadata } from './metadata.js';
import { datasetWithImages, newImage } from './rows.js';

const MODEL = 5;

async function readAll(batches: AsyncIterable<readonly Embedding[]>): Promise<Embedding[]> {
  const all: Embedding[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

export function embeddingsCases(open: OpenMetadata): void {
  it('a vector comes back to the last bit', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 2);
    const [imageId = 0] = imageIds;
    const numbers = [0, -0, 0.1, -1e-45, 3.4028234663852886e38, Number.MIN_VALUE, Math.PI, -1];
    const vector = Float32Array.from(numbers);
    await metadata.embeddings.putMany(MODEL, [{ imageId, vector, reconstructionError: null }]);
    const [found] = await metadata.connectAgain().embeddings.findMany(MODEL, [imageId]);
    expect(found?.vector).toBeInstanceOf(Float32Array);
    expect(
      [...(found?.vector ?? [])].map((value) => (Object.is(value, -0) ? '-0' : value)),
    ).toEqual([...vector].map((value) => (Object.is(value, -0) ? '-0' : value)));
  });

  it('a vector that is a part of a longer array is stored alone', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 1);
    const [imageId = 0] = imageIds;
    const vector = Float32Array.from([1, 2, 3, 4, 5]).subarray(1, 3);
    await metadata.embeddings.putMany(MODEL, [{ imageId, vector, reconstructionError: null }]);
    const [found] = await metadata.embeddings.findMany(MODEL, [imageId]);
    expect(found?.vector).toEqual(Float32Array.from([2, 3]));
  });

  it('there is none of another model or another image', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 2);
    const [first = 0, second = 0] = imageIds;
    await metadata.embeddings.putMany(MODEL, randomEmbeddings([first], 3, 1));
    expect(await metadata.embeddings.findMany(MODEL + 1, [first])).toEqual([]);
    expect(await metadata.embeddings.findMany(MODEL, [second])).toEqual([]);
  });

  it('a newer vector takes the place of an older one', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 3);
    const [older, newer] = [randomEmbeddings(imageIds, 3, 1), randomEmbeddings(imageIds, 3, 2)];
    await metadata.embeddings.putMany(MODEL, older);
    await metadata.embeddings.putMany(MODEL, newer.slice(1));
    const read = await readAll(metadata.embeddings.stream(MODEL, 'TRAIN'));
    expect(read).toEqual([...older.slice(0, 1), ...newer.slice(1)]);
  });

  it('of a set of vectors all are written or none', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 700);
    const broken: Embedding = {
      imageId: imageIds.at(-1) ?? 0,
      reconstructionError: null,
      get vector(): Float32Array {
        throw new Error('broken');
      },
    };
    const vectors = [...randomEmbeddings(imageIds.slice(0, -1), 3, 1), broken];
    await expect(metadata.embeddings.putMany(MODEL, vectors)).rejects.toThrow('broken');
    expect(await readAll(metadata.embeddings.stream(MODEL, 'TRAIN'))).toEqual([]);
  });

  it('a split is read in the order of image ids, whatever order it was written in', async () => {
    const metadata = await open();
    const { datasetId, imageIds } = await datasetWithImages(metadata, 4500);
    await metadata.images.insertMany([
      newImage(datasetId, 'test/0', { split: 'TEST' }),
      newImage(datasetId, 'test/1', { split: 'TEST' }),
    ]);
    const testIds = await metadata.images.ids(datasetId, { split: 'TEST' });
    const written = randomEmbeddings([...testIds, ...imageIds].reverse(), 2, 1);
    await metadata.embeddings.putMany(MODEL, written);
    await metadata.embeddings.putMany(MODEL + 1, randomEmbeddings(imageIds.slice(0, 9), 2, 2));

    const train = await readAll(metadata.embeddings.stream(MODEL, 'TRAIN'));
    expect(train.map(({ imageId }) => imageId)).toEqual(imageIds);
    const test = await readAll(metadata.embeddings.stream(MODEL, 'TEST'));
    expect(test.map(({ imageId }) => imageId)).toEqual(testIds);
    const byImage = new Map(written.map(({ imageId, vector }) => [imageId, vector]));
    expect(train.every(({ imageId, vector }) => same(byImage.get(imageId), vector))).toBe(true);
  });

  it('all vectors of a model are deleted, those of another stay', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 3);
    await metadata.embeddings.putMany(MODEL, randomEmbeddings(imageIds, 2, 1));
    await metadata.embeddings.putMany(MODEL + 1, randomEmbeddings(imageIds, 2, 2));
    await metadata.embeddings.deleteAll(MODEL);
    expect(await readAll(metadata.embeddings.stream(MODEL, 'TRAIN'))).toEqual([]);
    expect(await readAll(metadata.embeddings.stream(MODEL + 1, 'TRAIN'))).toHaveLength(3);
  });
}

function same(one: Float32Array | undefined, other: Float32Array): boolean {
  return one?.length === other.length && one.every((value, at) => value === other[at]);
}
