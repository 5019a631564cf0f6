import { describe, expect, it } from 'vitest';
import { estimateMean } from '../../../server/domain/bootstrap.js';
import { seededRandom } from '../../../server/domain/random.js';

describe('the bootstrap interval of a mean', () => {
  it('is null of nothing, and has no width where all values are equal', () => {
    expect(estimateMean([])).toBeNull();
    expect(estimateMean([0.3])).toEqual({ value: 0.3, low: 0.3, high: 0.3 });
    expect(estimateMean(new Float32Array(50).fill(1))).toEqual({ value: 1, low: 1, high: 1 });
  });

  it('lies about the mean, and is the same every time', () => {
    const values = [0, 0, 1, 1, 1, 0.5, 0.5, 1];
    const estimate = estimateMean(values);
    expect(estimate?.value).toBe(0.625);
    expect(estimate?.low).toBeGreaterThan(0.25);
    expect(estimate?.low).toBeLessThan(0.5);
    expect(estimate?.high).toBeGreaterThan(0.75);
    expect(estimate?.high).toBeLessThan(1);
    expect(estimateMean(values)).toEqual(estimate);
  });

  it.each([
    ['of a share', (random: () => number) => Number(random() < 0.3), 0.3],
    ['of a skewed quantity', (random: () => number) => -Math.log(1 - random()), 1],
  ])('holds the true mean about 95 times in 100: %s', (_, draw, mean) => {
    const random = seededRandom(7);
    const samples = Array.from({ length: 300 }, () => {
      return estimateMean(Array.from({ length: 120 }, () => draw(random)));
    });
    const held = samples.filter((sample) => sample && sample.low <= mean && mean <= sample.high);
    // Percentile intervals are a little short; two errors of the count itself about 0.94.
    expect(held.length / samples.length).toBeGreaterThan(0.9);
    expect(held.length / samples.length).toBeLessThan(0.98);
  });

  it('is as wide as theory says: 1.96 standard errors to each side', () => {
    const values = Array.from({ length: 2000 }, (_, at) => Number(at % 5 === 0));
    const { low = 0, high = 0 } = estimateMean(values) ?? {};
    const error = Math.sqrt((0.2 * 0.8) / 2000);
    expect((high - low) / 2 / error).toBeCloseTo(1.96, 0);
    expect((high + low) / 2).toBeCloseTo(0.2, 2);
  });
});
