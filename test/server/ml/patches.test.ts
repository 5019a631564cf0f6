import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../../../server/domain/model.js';
import {
  patchBatches,
  patchFeatures,
  patchPlaces,
  type PatchKinds,
} from '../../../server/ml/patch-features.js';
import { learnPatchKinds } from '../../../server/ml/patch-learning.js';
import { spreadPictures } from '../../../server/ml/picture-batch.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { PictureBatch } from '../../../server/ports/networks.js';
import { drawnPictures, inputOf, unwatched } from './pictures.js';

const tf = await loadTensorFlow();
const INPUTS = [
  inputOf(28, 28, 1),
  inputOf(30, 33, 1),
  inputOf(57, 62, 3),
  inputOf(94, 90, 1),
  inputOf(160, 28, 1),
] as const;

/** Roots of the pixels of a picture, blocks of `shrunk` by `shrunk` as one: by row, column and channel. */
function seenBy({ width, channels }: InputSpec, pixels: Uint8Array, shrunk: number) {
  return (row: number, column: number, channel: number) => {
    let sum = 0;
    for (let down = 0; down < shrunk; down += 1) {
      for (let right = 0; right < shrunk; right += 1) {
        const place = (row * shrunk + down) * width + column * shrunk + right;
        sum += Math.sqrt((pixels[place * channels + channel] ?? 0) / 255);
      }
    }
    return sum / shrunk ** 2;
  };
}

/** One patch of 5x5, its mean taken off, by its deviation. */
function evenPatch(
  input: InputSpec,
  seen: ReturnType<typeof seenBy>,
  row: number,
  column: number,
): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < 25 * input.channels; at += 1) {
    const place = Math.floor(at / input.channels);
    numbers.push(seen(row + Math.floor(place / 5), column + (place % 5), at % input.channels));
  }
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
  return numbers.map((number) => (number - mean) / Math.sqrt(variance + 0.01));
}

function productWith(matrix: Float32Array, numbers: readonly number[]): number[] {
  return numbers.map((_, column) =>
    numbers.reduce(
      (sum, each, row) => sum + each * (matrix[row * numbers.length + column] ?? 0),
      0,
    ),
  );
}

/** What `patchFeatures` says of one picture, number by number, as it stands in the paper. */
function plainCounts(input: InputSpec, kinds: PatchKinds, pixels: Uint8Array): number[] {
  const { shrunk, rows, columns, length } = patchPlaces(input);
  const seen = seenBy(input, pixels, shrunk);
  const count = kinds.centres.length / length;
  const sums = new Array<number>(9 * count).fill(0);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const even = evenPatch(input, seen, row, column).map(
        (each, at) => each - (kinds.mean[at] ?? 0),
      );
      const patch = productWith(kinds.whitening, even);
      const distances = Array.from({ length: count }, (_, kind) =>
        Math.hypot(...patch.map((each, at) => each - (kinds.centres[kind * length + at] ?? 0))),
      );
      const mean = distances.reduce((sum, distance) => sum + distance, 0) / count;
      for (const [cellRow, cellColumn] of cellsOf(row, rows, column, columns)) {
        distances.forEach((distance, kind) => {
          const at = (cellRow * 3 + cellColumn) * count + kind;
          sums[at] = (sums[at] ?? 0) + Math.max(0, mean - distance);
        });
      }
    }
  }
  const roots = sums.map(Math.sqrt);
  const size = Math.hypot(...roots);
  return roots.map((root) => root / size);
}

/** Three along each side, which overlap by what does not divide by three. */
function cellsOf(row: number, rows: number, column: number, columns: number) {
  const along = (place: number, places: number) => {
    const step = Math.floor(places / 3);
    const wide = places - 2 * step;
    return [0, 1, 2].filter((cell) => place >= cell * step && place < cell * step + wide);
  };
  return along(row, rows).flatMap((down) =>
    along(column, columns).map((right) => [down, right] as const),
  );
}

function pictureAt({ count, pixels }: PictureBatch, at: number): Uint8Array {
  const size = pixels.length / count;
  return pixels.subarray(at * size, (at + 1) * size);
}

describe.each(INPUTS)('patches of $height x $width x $channels', (input) => {
  const pictures = drawnPictures(70, input);

  it('are counted as the paper does', async () => {
    const kinds = await learnPatchKinds(tf, input, pictures, 6, 1, unwatched);
    const { extract, length, layers } = patchFeatures(tf, input, kinds);
    expect(length).toBe(9 * 6);
    expect(layers).toMatchObject([{ outputShape: [3, 3, 6] }]);
    const held = tf.memory().numTensors;
    const counts = extract(pictures);
    expect(tf.memory().numTensors).toBe(held);
    // The last is of another batch than the first.
    for (const at of [0, 69]) {
      const plain = plainCounts(input, kinds, pictureAt(pictures, at));
      plain.forEach((number, place) => {
        expect(counts[at * length + place]).toBeCloseTo(number, 3);
      });
    }
  });
});

it.each(INPUTS)('are few in a batch: $height x $width x $channels', (input) => {
  const { rows, columns } = patchPlaces(input);
  const { width, height, channels } = input;
  const pictures = { count: 100, pixels: new Uint8Array(100 * width * height * channels) };
  const counts = [...patchBatches(input, pictures)].map(({ batch }) => batch.count);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
  expect(counts.length).toBeGreaterThan(1);
  for (const count of counts) expect(count * rows * columns).toBeLessThanOrEqual(32 * 576);
});

describe('kinds of patches', () => {
  const [input] = INPUTS;
  const pictures = drawnPictures(60, input);

  it('are centres of length one, the same for the same seed', async () => {
    const learned = (seed: number) => learnPatchKinds(tf, input, pictures, 8, seed, unwatched);
    const kinds = await learned(3);
    for (let start = 0; start < kinds.centres.length; start += 25) {
      expect(Math.hypot(...kinds.centres.subarray(start, start + 25))).toBeCloseTo(1, 4);
    }
    expect(await learned(3)).toEqual(kinds);
    expect((await learned(4)).centres).not.toEqual(kinds.centres);
  });

  it('are learned in turns, and no tensor is left when one of them throws', async () => {
    const held = tf.memory().numTensors;
    let turns = 0;
    const stop = () => {
      turns += 1;
      return turns < 3 ? unwatched() : Promise.reject(new Error('enough'));
    };
    await expect(learnPatchKinds(tf, input, pictures, 8, 1, stop)).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(held);
  });

  it('of pictures of one colour count nothing, and no number is none', async () => {
    const plain = { count: 2, pixels: new Uint8Array(2 * 28 * 28).fill(90) };
    const kinds = await learnPatchKinds(tf, input, plain, 4, 1, unwatched);
    expect([...kinds.centres].every((each) => each === 0)).toBe(true);
    expect([...patchFeatures(tf, input, kinds).extract(plain)]).toEqual(
      new Array(2 * 9 * 4).fill(0),
    );
    const told = patchFeatures(tf, input, kinds).extract(pictures);
    expect(told.every(Number.isFinite)).toBe(true);
  });
});

it('some pictures are taken from all over, and all where there are no more', () => {
  const input = inputOf(1, 2, 1);
  const pictures = { count: 6, pixels: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) };
  expect(spreadPictures(input, pictures, 6)).toBe(pictures);
  const { count, pixels } = spreadPictures(input, pictures, 3);
  expect(count).toBe(3);
  expect([...pixels]).toEqual([0, 1, 4, 5, 8, 9]);
});
