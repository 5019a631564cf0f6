import { describe, expect, it } from 'vitest';
import { alteredCopy } from '../../../server/domain/altered-copy.js';
import { seededRandom } from '../../../server/domain/random.js';

const SIDE = 28;
const GREY = { width: SIDE, height: SIDE, channels: 1 };

/** A bright square of 8 pixels in the middle of a dark ground. */
const square = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
  const inside = (place: number) => place >= 10 && place < 18;
  return inside(at % SIDE) && inside(Math.floor(at / SIDE)) ? 200 : 20;
});

/** Where the light of a picture lies, in pixels from its left and its top. */
function centreOf(pixels: Uint8Array): readonly [number, number] {
  const dark = pixels.reduce((least, value) => Math.min(least, value), 255);
  const sum = { light: 0, x: 0, y: 0 };
  pixels.forEach((value, at) => {
    const light = value > dark + 60 ? value - dark : 0;
    sum.light += light;
    sum.x += light * (at % SIDE);
    sum.y += light * Math.floor(at / SIDE);
  });
  return [sum.x / sum.light, sum.y / sum.light];
}

describe('an altered copy', () => {
  it('is the picture itself where nothing is changed', () => {
    expect(alteredCopy(square, GREY, () => 0.5)).toEqual(square);
  });

  it('is another picture with every seed, and the same with one', () => {
    const copyOf = (seed: number) => alteredCopy(square, GREY, seededRandom(seed));
    expect(copyOf(1)).toEqual(copyOf(1));
    expect(copyOf(1)).not.toEqual(copyOf(2));
    expect(copyOf(1)).not.toEqual(square);
  });

  it('is moved by at most two pixels of 28, and some are moved by more than one', () => {
    const distances = Array.from({ length: 60 }, (_, seed) => {
      const [x, y] = centreOf(alteredCopy(square, GREY, seededRandom(seed)));
      return Math.max(Math.abs(x - 13.5), Math.abs(y - 13.5));
    });
    expect(Math.max(...distances)).toBeLessThan(2.3);
    expect(Math.max(...distances)).toBeGreaterThan(1);
  });

  it('moves the light to the right by two pixels when the draw is the largest', () => {
    const draws = [0.999_999];
    const [x, y] = centreOf(alteredCopy(square, GREY, () => draws.shift() ?? 0.5));
    expect(x).toBeCloseTo(15.5, 3);
    expect(y).toBeCloseTo(13.5, 3);
  });

  it('keeps an even picture even, but for light and noise, in every channel', () => {
    const colour = { width: 9, height: 5, channels: 3 };
    const even = Uint8Array.from({ length: 9 * 5 * 3 }, (_, at) => [40, 100, 180][at % 3] ?? 0);
    const copy = alteredCopy(even, colour, seededRandom(3));
    const channel = (wanted: number) => [...copy].filter((_, at) => at % 3 === wanted);
    for (const values of [channel(0), channel(1), channel(2)]) {
      expect(values).toHaveLength(45);
      expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(17);
    }
    expect(Math.max(...channel(0))).toBeLessThan(Math.min(...channel(1)));
    expect(Math.max(...channel(1))).toBeLessThan(Math.min(...channel(2)));
  });

  it('of white and of black stays within what a byte holds', () => {
    const white = alteredCopy(new Uint8Array(784).fill(255), GREY, () => 0.999);
    expect(white).toEqual(new Uint8Array(784).fill(255));
    const black = alteredCopy(new Uint8Array(784), GREY, () => 0);
    expect(black).toEqual(new Uint8Array(784));
  });
});
