import { describe, expect, it } from 'vitest';
import type { Image } from '../../../server/domain/image.js';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import type { PictureBatch } from '../../../server/ports/networks.js';
import { validateEpoch } from '../../../server/services/epoch-validation.js';
import { copiesOf } from '../../../server/services/own-copies.js';
import type { ValidationSet } from '../../../server/services/validation-set.js';
import { newImage } from '../../contract/metadata/rows.js';
import { drawnPictures, FASHION_INPUT, inputOf, unwatched } from '../ml/pictures.js';

const search = await createExactSearch();
const POINT = inputOf(1, 2, 1);

/** A network that takes two pixels for a place in the plane. */
const plane = {
  latentSize: 2,
  encode: ({ pixels }: PictureBatch) => Promise.resolve(Float32Array.from(pixels)),
};

type Point = readonly [label: string, x: number, y: number];

function picturesOf(points: readonly Point[], firstId: number) {
  const images = points.map(([label], at): Image => {
    const id = firstId + at;
    return { ...newImage(1, `${id}`, { label }), id, addedAt: new Date(0) };
  });
  return { images, pixels: Uint8Array.from(points.flatMap(([, x, y]) => [x, y])) };
}

/** Bags lie to the right, shirts above; one bag has gone astray. */
const BASE: readonly Point[] = [
  ['shirt', 1, 200],
  ['bag', 200, 1],
  ['bag', 2, 200],
  ['bag', 190, 20],
  ['shirt', 20, 190],
  ['left out', 100, 100],
];
const QUERIES: readonly Point[] = [
  ['bag', 250, 0],
  ['shirt', 0, 250],
];

const labelled: ValidationSet = {
  input: POINT,
  measure: 'PRECISION_AT_10',
  seenInTraining: false,
  queries: picturesOf(QUERIES, 1),
  copies: new Uint8Array(),
  base: [4, 3, 2, 1, 0],
  training: picturesOf(BASE, 10),
  pinned: [1, 0],
};

describe('an epoch validated by labels', () => {
  it('scores the mean precision of the queries among the sample', async () => {
    const { validation } = await validateEpoch(plane, search, labelled, unwatched);
    // Of five in the sample, three are bags and two are shirts.
    expect(validation).toEqual({
      measure: 'PRECISION_AT_10',
      value: (3 / 5 + 2 / 5) / 2,
      queryCount: 2,
      baseCount: 5,
      seenInTraining: false,
    });
  });

  it('looks at the ten nearest alone', async () => {
    const near = Array.from({ length: 10 }, (_, at): Point => ['bag', 240, at]);
    const far = Array.from({ length: 30 }, (_, at): Point => ['shirt', 3, 200 + at]);
    const training = picturesOf([...far, ...near], 10);
    const set = { ...labelled, training, base: [...training.images.keys()] };
    expect((await validateEpoch(plane, search, set, unwatched)).validation.value).toBe(1);
  });

  it('shows what lies nearest to the pinned images, nearest first', async () => {
    const { neighbours } = await validateEpoch(plane, search, labelled, unwatched);
    expect(neighbours).toEqual([
      { imageId: 2, neighbourIds: [10, 12, 14, 13, 11] },
      { imageId: 1, neighbourIds: [11, 13, 14, 12, 10] },
    ]);
  });
});

describe('an epoch validated by altered copies', () => {
  const all = drawnPictures(40, FASHION_INPUT);
  const length = all.pixels.length / all.count;
  const images = picturesOf(
    Array.from({ length: 40 }, (): Point => ['', 0, 0]),
    1,
  ).images;
  const queries = { images: images.slice(0, 10), pixels: all.pixels.subarray(0, 10 * length) };
  const copies = new Uint8Array(queries.pixels.length);
  for (const { start, pixels } of copiesOf(queries.pixels, FASHION_INPUT)) {
    copies.set(pixels, start * length);
  }
  const set: ValidationSet = {
    ...{ input: FASHION_INPUT, measure: 'OWN_COPIES', seenInTraining: true, pinned: [0] },
    ...{ queries, copies, training: { images, pixels: all.pixels } },
    base: Array.from({ length: 30 }, (_, at) => 10 + at),
  };
  const pixelwise = {
    latentSize: length,
    encode: ({ pixels }: PictureBatch) => Promise.resolve(Float32Array.from(pixels)),
  };
  const random = seededRandom(3);
  const blind = {
    latentSize: 2,
    encode: ({ count }: PictureBatch) => {
      return Promise.resolve(Float32Array.from({ length: 2 * count }, () => random() - 0.5));
    },
  };

  it('scores how many copies find their original first', async () => {
    const seeing = await validateEpoch(pixelwise, search, set, unwatched);
    expect(seeing.validation).toMatchObject({
      measure: 'OWN_COPIES',
      queryCount: 10,
      baseCount: 30,
    });
    expect(seeing.validation.value).toBeGreaterThan(0.7);
    expect(seeing.neighbours[0]?.neighbourIds).toHaveLength(8);
    expect(await validateEpoch(pixelwise, search, set, unwatched)).toEqual(seeing);
  });

  it('scores less for a network that does not look', async () => {
    const { validation } = await validateEpoch(blind, search, set, unwatched);
    expect(validation.value).toBeLessThan(0.5);
  });
});
