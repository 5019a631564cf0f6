import { describe, expect, it } from 'vitest';
import {
  distanceQuantilesOf,
  errorQuantilesOf,
  shareBelow,
  shareFarther,
} from '../../../server/domain/quantiles.js';
import { seededRandom } from '../../../server/domain/random.js';

/** 0, 1, ... count - 1 as shares of the largest. */
function evenly(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at / (count - 1));
}

/** Numbers as distances are: most in the middle, few small. */
function bellShaped(count: number): number[] {
  const random = seededRandom(4);
  return Array.from({ length: count }, () => (random() + random() + random()) / 3).sort(
    (a, b) => a - b,
  );
}

/** Numbers as errors are: a few far larger than the others. */
function logNormal(count: number): number[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return Math.exp(radius * Math.cos(2 * Math.PI * random()));
  }).sort((a, b) => a - b);
}

describe('quantiles of distances', () => {
  it('are 201, at the squares of even shares', () => {
    const quantiles = distanceQuantilesOf(evenly(10_001));
    expect(quantiles).toHaveLength(201);
    quantiles.forEach((quantile, at) => expect(quantile).toBeCloseTo((at / 200) ** 2, 10));
  });

  it('tell the share of the sample that is farther, closely for small distances', () => {
    const sample = bellShaped(100_000);
    const quantiles = distanceQuantilesOf(sample);
    for (const distance of [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95]) {
      const farther = sample.filter((each) => each > distance).length / sample.length;
      const tolerance = distance <= 0.2 ? 3e-4 : 5e-3;
      expect(Math.abs(shareFarther(quantiles, distance) - farther)).toBeLessThan(tolerance);
    }
    const near = sample.filter((each) => each <= 0.05).length / sample.length;
    expect((1 - shareFarther(quantiles, 0.05)) / near).toBeCloseTo(1, 1);
  });

  it('let all be farther than what is nearer than all, and none than the farthest', () => {
    const quantiles = distanceQuantilesOf([0.2, 0.4, 0.9]);
    expect([0, 0.1999, 0.9, 2].map((each) => shareFarther(quantiles, each))).toEqual([1, 1, 0, 0]);
    expect(shareFarther(quantiles, 0.4)).toBeCloseTo(0.5, 2);
  });

  it('count no equal distance as farther', () => {
    const quantiles = distanceQuantilesOf([...Array<number>(50).fill(0), ...evenly(50)]);
    expect(shareFarther(quantiles, 0)).toBeCloseTo(0.49, 1);
    expect(shareFarther(distanceQuantilesOf([0.3, 0.3, 0.3]), 0.3)).toBe(0);
    expect(shareFarther(distanceQuantilesOf([0.3, 0.3, 0.3]), 0.2999)).toBe(1);
  });
});

describe('quantiles of errors', () => {
  it('are 201, close together for large errors', () => {
    const quantiles = errorQuantilesOf(Float32Array.from(evenly(1001)));
    expect(quantiles).toHaveLength(201);
    quantiles.forEach((quantile, at) => {
      expect(quantile).toBeCloseTo(1 - ((200 - at) / 200) ** 2, 6);
    });
  });

  it('tell the share of the sample that is smaller', () => {
    const sample = bellShaped(20_000);
    const quantiles = errorQuantilesOf(sample);
    for (const error of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const smaller = sample.filter((each) => each < error).length / sample.length;
      expect(Math.abs(shareBelow(quantiles, error) - smaller)).toBeLessThan(3e-3);
    }
    expect([0, 5].map((each) => shareBelow(quantiles, each))).toEqual([0, 1]);
  });

  it('tell the share closely where hardly any are larger, and whatever the largest is', () => {
    const sample = logNormal(60_000);
    const at = (share: number) => sample[Math.floor(share * sample.length)] ?? 0;
    const quantiles = errorQuantilesOf(sample);
    const withOutlier = errorQuantilesOf([...sample.slice(0, -1), 1e6]);
    for (const share of [0.99, 0.995, 0.999, 0.9995]) {
      expect(Math.abs(shareBelow(quantiles, at(share)) - share)).toBeLessThan(1e-3);
      expect(shareBelow(withOutlier, at(share))).toBe(shareBelow(quantiles, at(share)));
    }
  });

  it('count no equal error as smaller', () => {
    expect(shareBelow(errorQuantilesOf([0.3, 0.3, 0.3]), 0.3)).toBe(0);
    expect(shareBelow(errorQuantilesOf([0.3, 0.3, 0.3]), 0.3001)).toBe(1);
  });
});

it('a sample of one is its own every quantile, and one of none has none', () => {
  expect(distanceQuantilesOf([0.7])).toEqual(Array(201).fill(0.7));
  expect(errorQuantilesOf([0.7])).toEqual(Array(201).fill(0.7));
  expect([distanceQuantilesOf([]), errorQuantilesOf([])]).toEqual([[], []]);
  expect([shareFarther([], 0.1), shareBelow([], 0.1)]).toEqual([0, 0]);
});
