import { expect, it } from 'vitest';
import { randomEmbeddings } from '../vectors.js';
import type { OpenMetadata } from './metadata.js';
import { datasetWithImages, embeddingOf, newImage } from './rows.js';

const MODEL = 5;
const GONE = 999_999;

/** Which images are embedded, which cannot be, and how well they are redrawn. */
export function embeddingStatesCases(open: OpenMetadata): void {
  const opened = async (count: number) => {
    const metadata = await open();
    const { datasetId, imageIds } = await datasetWithImages(metadata, count);
    const [a = 0, b = 0, c = 0, d = 0] = imageIds;
    return { ...metadata, datasetId, imageIds, a, b, c, d };
  };

  it('the vectors of images that are gone are left out, the others are written', async () => {
    const { embeddings, imageIds } = await opened(700);
    await embeddings.putMany(MODEL, randomEmbeddings([GONE, ...imageIds, GONE + 1], 3, 1));
    expect(await embeddings.ids(MODEL, 'TRAIN')).toEqual(imageIds);
    await embeddings.putMany(MODEL + 1, randomEmbeddings([GONE], 3, 1));
    await embeddings.putMany(MODEL + 1, []);
    expect(await embeddings.ids(MODEL + 1, 'TRAIN')).toEqual([]);
  });

  it('an error comes back with its vector, and a newer one takes its place', async () => {
    const { embeddings, a, b } = await opened(2);
    await embeddings.putMany(MODEL, [embeddingOf(a, [1, 2], 0.125), embeddingOf(b, [3, 4])]);
    await embeddings.putMany(MODEL, [embeddingOf(b, [5, 6], 0.5)]);
    const both = [embeddingOf(a, [1, 2], 0.125), embeddingOf(b, [5, 6], 0.5)];
    expect(await embeddings.findMany(MODEL, [b, GONE, a, b])).toEqual(both);
    for await (const batch of embeddings.stream(MODEL, 'TRAIN')) expect(batch).toEqual(both);
    expect(await embeddings.findMany(MODEL + 1, [a, b])).toEqual([]);
    expect(await embeddings.findMany(MODEL, [])).toEqual([]);
  });

  it('more vectors than one statement takes are found at once', async () => {
    const { embeddings, imageIds } = await opened(2500);
    await embeddings.putMany(MODEL, randomEmbeddings(imageIds, 2, 1));
    const found = await embeddings.findMany(MODEL, [...imageIds].reverse());
    expect(found.map(({ imageId }) => imageId)).toEqual(imageIds);
  });

  it('the embedded images of a split are told in the order of their ids', async () => {
    const { embeddings, images, datasetId, imageIds } = await opened(3);
    await images.insertMany([newImage(datasetId, 'test/0', { split: 'TEST' })]);
    const testIds = await images.ids(datasetId, { split: 'TEST' });
    const all = [...imageIds, ...testIds];
    await embeddings.putMany(MODEL, randomEmbeddings([...all].reverse(), 2, 1));
    expect(await embeddings.ids(MODEL, 'TRAIN')).toEqual(imageIds);
    expect(await embeddings.ids(MODEL, 'TEST')).toEqual(testIds);
    expect(await embeddings.ids(MODEL + 1, 'TEST')).toEqual([]);
  });

  it('every image stands somewhere, a failure with its reason', async () => {
    const { embeddings, datasetId, a, b, c, d } = await opened(4);
    await embeddings.putMany(MODEL, [embeddingOf(a, [1]), embeddingOf(d, [1])]);
    await embeddings.putFailures(MODEL, [{ imageId: b, message: 'cut short' }]);
    await embeddings.putFailures(MODEL + 1, [{ imageId: c, message: 'of another model' }]);
    expect(await embeddings.states(MODEL, [d, c, b, a])).toEqual(
      new Map([
        [a, { state: 'EMBEDDED', message: null }],
        [b, { state: 'FAILED', message: 'cut short' }],
        [c, { state: 'PENDING', message: null }],
        [d, { state: 'EMBEDDED', message: null }],
      ]),
    );
    expect(await embeddings.counts(MODEL, datasetId)).toEqual({
      EMBEDDED: 2,
      FAILED: 1,
      PENDING: 1,
    });
    expect(await embeddings.counts(MODEL + 2, datasetId)).toEqual({
      EMBEDDED: 0,
      FAILED: 0,
      PENDING: 4,
    });
  });

  it('a failure is forgotten when the image is embedded after all', async () => {
    const { embeddings, datasetId, a, b } = await opened(2);
    const failures = [a, b].map((imageId) => ({ imageId, message: 'damaged' }));
    await embeddings.putFailures(MODEL, failures);
    await embeddings.putMany(MODEL, [embeddingOf(a, [1])]);
    expect((await embeddings.states(MODEL, [a])).get(a)?.state).toBe('EMBEDDED');
    expect(await embeddings.counts(MODEL, datasetId)).toMatchObject({ EMBEDDED: 1, FAILED: 1 });
  });

  it('a failure is told anew, and not of images that are gone or embedded', async () => {
    const { embeddings, datasetId, a, b } = await opened(2);
    await embeddings.putMany(MODEL, [embeddingOf(b, [1])]);
    for (const message of ['first', 'second']) {
      await embeddings.putFailures(
        MODEL,
        [a, b, GONE].map((imageId) => ({ imageId, message })),
      );
    }
    const states = await embeddings.states(MODEL, [a, b]);
    expect(states.get(a)).toEqual({ state: 'FAILED', message: 'second' });
    expect(states.get(b)).toEqual({ state: 'EMBEDDED', message: null });
    expect(await embeddings.counts(MODEL, datasetId)).toMatchObject({ EMBEDDED: 1, FAILED: 1 });
  });

  it('the images that are redrawn worst come first, page by page', async () => {
    const { embeddings, a, b, c, d } = await opened(4);
    await embeddings.putMany(MODEL, [
      embeddingOf(a, [1], 0.25),
      embeddingOf(b, [1], 0.5),
      embeddingOf(c, [1]),
      embeddingOf(d, [1], 0.25),
    ]);
    await embeddings.putMany(MODEL + 1, [embeddingOf(c, [1], 9)]);
    const worst = [
      { imageId: b, reconstructionError: 0.5 },
      { imageId: a, reconstructionError: 0.25 },
      { imageId: d, reconstructionError: 0.25 },
    ];
    expect(await embeddings.worstRedrawn(MODEL, 0, 10)).toEqual(worst);
    expect(await embeddings.worstRedrawn(MODEL, 1, 1)).toEqual(worst.slice(1, 2));
    expect(await embeddings.worstRedrawn(MODEL, 3, 5)).toEqual([]);
  });

  it('failures of a model are deleted with its vectors, those of another stay', async () => {
    const { embeddings, datasetId, a } = await opened(1);
    for (const model of [MODEL, MODEL + 1]) {
      await embeddings.putFailures(model, [{ imageId: a, message: 'damaged' }]);
    }
    await embeddings.deleteAll(MODEL);
    expect(await embeddings.counts(MODEL, datasetId)).toMatchObject({ FAILED: 0, PENDING: 1 });
    expect(await embeddings.counts(MODEL + 1, datasetId)).toMatchObject({ FAILED: 1 });
  });
}
