import { describe, expect, it } from 'vitest';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { metricEncoder } from '../../../server/domain/architectures/metric-encoder.js';
import { neighbourEncoder } from '../../../server/domain/architectures/neighbour-encoder.js';
import { indexHyperparameters } from '../../../server/domain/architectures/shared-hyperparameters.js';
import type { SweptDial } from '../../../server/domain/sweep.js';
import { sweepSettings } from '../../../server/domain/sweep-settings.js';

const BASE = completeHyperparameters(neighbourEncoder, { epochs: 3 });
const listed = (name: string, ...values: number[]): SweptDial => ({ name, values, range: null });
const ranged = (
  name: string,
  low: number,
  high: number,
  scale: 'LINEAR' | 'LOG' = 'LINEAR',
): SweptDial => ({ name, values: null, range: { low, high, scale } });

function settings(dials: readonly SweptDial[], count: number, seed = 1) {
  return sweepSettings(neighbourEncoder, BASE, dials, count, seed);
}

const valuesOf = (name: string, found: ReturnType<typeof settings>) =>
  found.map((setting) => setting[name] ?? Number.NaN);

describe('the settings of a sweep', () => {
  it('are all combinations where there are no more than wanted, each complete', () => {
    const found = settings([listed('dimension', 16, 32, 64), listed('scale', 8, 16)], 6);
    const points = found.map(({ dimension, scale }) => `${dimension} ${scale}`);
    expect(points.toSorted()).toEqual(['16 16', '16 8', '32 16', '32 8', '64 16', '64 8']);
    const [first] = found;
    expect(first).toEqual({ ...BASE, dimension: first?.dimension, scale: first?.scale });
  });

  it('are tried in an order that the seed alone decides, not corner by corner', () => {
    const dials = [listed('dimension', 8, 16, 32, 64), listed('scale', 4, 8, 16, 32)];
    const [one, again, other] = [1, 1, 2].map((seed) => settings(dials, 16, seed));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    const first = valuesOf('dimension', one ?? []).slice(0, 4);
    expect(new Set(first).size).toBeGreaterThan(1);
  });

  it('are the whole numbers of a range where these are few', () => {
    const found = settings([ranged('batchSize', 30, 33)], 10);
    expect(valuesOf('batchSize', found).toSorted()).toEqual([30, 31, 32, 33]);
  });

  it('are drawn without repeats where there are too many', () => {
    const dials = [listed('dimension', 8, 16, 32, 64), listed('scale', 4, 8, 16, 32)];
    const found = settings(dials, 15);
    const points = new Set(found.map(({ dimension, scale }) => `${dimension} ${scale}`));
    expect([found.length, points.size]).toEqual([15, 15]);
    expect(settings(dials, 15)).toEqual(found);
    expect(settings(dials, 15, 2)).not.toEqual(found);
  });

  it('of a logarithmic range give each doubling its share, of a linear one each stretch', () => {
    const decades = valuesOf(
      'learningRate',
      settings([ranged('learningRate', 1e-6, 1, 'LOG')], 50),
    );
    expect(decades.filter((rate) => rate < 1e-3).length).toBeGreaterThan(15);
    expect(decades.filter((rate) => rate >= 1e-3).length).toBeGreaterThan(15);
    const even = valuesOf('learningRate', settings([ranged('learningRate', 1e-6, 1)], 50));
    expect(even.filter((rate) => rate < 0.5).length).toBeGreaterThan(15);
    expect(even.filter((rate) => rate < 1e-3).length).toBeLessThan(3);
    for (const rate of [...decades, ...even]) {
      expect(rate).toBeGreaterThanOrEqual(1e-6);
      expect(rate).toBeLessThanOrEqual(1);
      expect(Number(rate.toPrecision(3))).toBe(rate);
    }
  });

  it('of a range of whole numbers reach both of its ends', () => {
    for (const scale of ['LINEAR', 'LOG'] as const) {
      const found = settings([ranged('dimension', 2, 52, scale)], 50);
      expect(found).toHaveLength(50);
      const all = valuesOf('dimension', found);
      expect(all.every((value) => Number.isInteger(value) && value >= 2 && value <= 52)).toBe(true);
    }
    const few = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) =>
      valuesOf(
        'dimension',
        settings([ranged('dimension', 2, 512), listed('scale', 8, 16)], 50, seed),
      ),
    );
    expect(Math.min(...few)).toBeLessThan(12);
    expect(Math.max(...few)).toBeGreaterThan(502);
  });

  it('are fewer where a narrow range has no more', () => {
    const found = settings([ranged('learningRate', 0.1, 0.102)], 20);
    expect(valuesOf('learningRate', found).toSorted()).toEqual([0.1, 0.101, 0.102]);
  });
});

describe('dials that cannot be swept are refused with a reason', () => {
  it.each([
    ['none', [], /1 to 8 dials/],
    ['one twice', [listed('scale', 1, 2), listed('scale', 3)], /"scale" is given twice/],
    ['no values', [listed('scale')], /1 to 50 values/],
    ['a single setting', [listed('scale', 8, 8)], /only one setting/],
    ['a range that goes down', [ranged('scale', 9, 8)], /must go up/],
    ['a logarithm of nothing', [ranged('shift', 0, 1, 'LOG')], /above 0/],
    ['other images to validate with', [listed('validationShare', 0.1, 0.2)], /do not compare/],
    ['other images to learn from', [listed('trainingImages', 100, 200)], /do not compare/],
  ] as const)('%s', (_, dials, words) => {
    expect(() => settings(dials, 4)).toThrow(words);
  });

  it.each(indexHyperparameters)('what no score tells of: $name', ({ name, min, max }) => {
    expect(() => settings([listed(name, min, max)], 4)).toThrow(/no score tells of it/);
  });

  it('what is kept of labels when the training is over', () => {
    const dials = completeHyperparameters(metricEncoder, {});
    const weights = [listed('labelWeight', 1, 2)];
    expect(() => sweepSettings(metricEncoder, dials, weights, 4, 1)).toThrow(
      /no score tells of it/,
    );
  });

  it.each([
    ['an unknown one', listed('momentum', 0.8, 0.9)],
    ['a value out of range', listed('learningRate', 0.1, 2)],
    ['a range that goes too far', ranged('dimension', 2, 1000)],
    ['a fraction of a whole number', ranged('dimension', 2.5, 8)],
  ])('%s', (_, dial) => {
    expect(() => settings([dial], 4)).toThrow(
      expect.objectContaining({ code: 'HYPERPARAMETER_INVALID' }) as Error,
    );
  });
});
