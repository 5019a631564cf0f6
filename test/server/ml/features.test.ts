import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../../../server/domain/model.js';
import { gradientHistograms } from '../../../server/ml/architectures/gradient-histograms.js';
import { pixels } from '../../../server/ml/architectures/pixels.js';
import type { PictureBatch } from '../../../server/ports/networks.js';
import { drawnPictures, inputOf } from './pictures.js';

const DIRECTIONS = 12;

/** One picture, each of its numbers told by where it is. */
function picture(
  { width, height, channels }: InputSpec,
  brightness: (row: number, column: number, channel: number) => number,
): PictureBatch {
  const bytes = Array.from({ length: height * width * channels }, (_, at) => {
    const place = Math.floor(at / channels);
    return brightness(Math.floor(place / width), place % width, at % channels);
  });
  return { count: 1, pixels: Uint8Array.from(bytes) };
}

/** How much of all there is in each direction; the roots undone. */
function directionsOf(histograms: Float32Array): number[] {
  const sums = new Array<number>(DIRECTIONS).fill(0);
  histograms.forEach((root, at) => {
    sums[at % DIRECTIONS] = (sums[at % DIRECTIONS] ?? 0) + root * root;
  });
  return sums;
}

describe('histograms of gradients', () => {
  const input = inputOf(28, 28, 1);
  const { extract, length, layers } = gradientHistograms(input);

  it('are 12 directions in cells of about 4 pixels, 8 by 8 at most', () => {
    expect(layers.at(-1)?.outputShape).toEqual([7, 7, DIRECTIONS]);
    expect(length).toBe(7 * 7 * DIRECTIONS);
    const large = gradientHistograms(inputOf(160, 96, 3));
    expect(large.layers.at(-1)?.outputShape).toEqual([8, 8, DIRECTIONS]);
    expect(large.extract(drawnPictures(2, inputOf(160, 96, 3)))).toHaveLength(2 * large.length);
  });

  it.each([
    ['to the right', (_: number, column: number) => 4 * column, 0],
    ['downwards', (row: number) => 4 * row, 3],
    ['to the left', (_: number, column: number) => 200 - 4 * column, 6],
    ['upwards', (row: number) => 200 - 4 * row, 9],
  ] as const)('sort what gets brighter %s', (_, brightness, direction) => {
    const sums = directionsOf(extract(picture(input, brightness)));
    const all = sums.reduce((sum, amount) => sum + amount, 0);
    expect((sums[direction] ?? 0) / all).toBeCloseTo(1, 5);
  });

  it('share a gradient between the two directions it lies between', () => {
    // 15 degrees: half way between the directions of 0 and 30.
    const slope = Math.tan(Math.PI / 12);
    const steep = picture(input, (row, column) => Math.round(20 + 6 * (column + slope * row)));
    const sums = directionsOf(extract(steep));
    const all = sums.reduce((sum, amount) => sum + amount, 0);
    expect((sums[0] ?? 0) / all).toBeGreaterThan(0.35);
    expect((sums[1] ?? 0) / all).toBeGreaterThan(0.35);
  });

  it('lose nothing inside: all shares of a pixel make one', () => {
    // One bright pixel in the middle makes four gradients of 255.
    const dot = picture(input, (row, column) => (row === 14 && column === 14 ? 255 : 0));
    const all = directionsOf(extract(dot)).reduce((sum, amount) => sum + amount, 0);
    expect(all).toBeCloseTo(4 * 255, 2);
  });

  it('of an empty picture are zeros, and of several pictures each its own', () => {
    expect(extract(picture(input, () => 77)).every((number) => number === 0)).toBe(true);
    const two = drawnPictures(2, input);
    const second = { count: 1, pixels: two.pixels.slice(28 * 28) };
    expect(extract(two).slice(length)).toEqual(extract(second));
  });

  it('take the channel that changes most', () => {
    const colour = inputOf(28, 28, 3);
    const shown = picture(colour, (row, column, channel) => [3 * row, 6 * column, 9][channel] ?? 0);
    const sums = directionsOf(gradientHistograms(colour).extract(shown));
    const all = sums.reduce((sum, amount) => sum + amount, 0);
    // At the left and right border a column's change is halved, and no larger than a row's.
    expect((sums[0] ?? 0) / all).toBeGreaterThan(0.9);
  });
});

describe('pixels as features', () => {
  it('are the pixels from 0 to 1', () => {
    const input = inputOf(28, 30, 1);
    const shown = drawnPictures(3, input);
    const features = pixels(input);
    expect(features.layers.map(({ kind }) => kind)).toEqual(['Pixels']);
    const expected = Float32Array.from(shown.pixels, (byte) => byte / 255);
    features.extract(shown).forEach((share, at) => {
      expect(Math.abs(share - (expected[at] ?? Number.NaN))).toBeLessThan(1e-6);
    });
  });

  it('of large pictures are the means of blocks, 1,024 numbers at most', () => {
    const input = inputOf(64, 64, 1);
    const features = pixels(input);
    expect([features.length, features.layers[0]?.outputShape]).toEqual([1024, [32, 32, 1]]);
    const striped = picture(input, (_, column) => (column % 2 === 0 ? 255 : 0));
    features.extract(striped).forEach((mean) => expect(mean).toBeCloseTo(0.5, 5));
    expect(pixels(inputOf(160, 33, 3)).length).toBeLessThanOrEqual(1024);
  });
});
