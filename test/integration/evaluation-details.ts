import { expect } from 'vitest';

/** What is asked of the details of an evaluation; the query has to spread ESTIMATE_FRAGMENT. */
export const DETAILS_FIELDS = `
  scores {
    precisionAt1 { ...E } precisionAt10 { ...E } meanAveragePrecisionAt100 { ...E }
    accuracyAt10 { ...E }
  }
  precisionAt10Index { ...E } recallAt10 { ...E }
  reconstructionError { ...E } ownCopies { ...E } ownCopyCount
  labelCount labels { label queryCount precisionAt10 { ...E } mistakenFor { label share } }
  worstQueries {
    label precisionAt10 image { label split }
    neighbours { label sharesLabel image { label split } }
  }
  baselines { name scores { precisionAt10 { ...E } } }`;
export const ESTIMATE_FRAGMENT = 'fragment E on Estimate { value low high }';

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface MeasuredEvaluation {
  readonly queryCount: number;
  readonly precisionAt10Exact: number;
  readonly precisionAt10Index: number;
  readonly recallAt10: number;
  readonly details: {
    scores: {
      precisionAt1: Interval;
      precisionAt10: Interval;
      meanAveragePrecisionAt100: Interval;
      accuracyAt10: Interval;
    };
    precisionAt10Index: Interval;
    recallAt10: Interval;
    reconstructionError: Interval;
    ownCopies: Interval;
    ownCopyCount: number;
    labelCount: number;
    labels: {
      label: string;
      queryCount: number;
      precisionAt10: Interval;
      mistakenFor: { label: string; share: number }[];
    }[];
    worstQueries: {
      label: string;
      precisionAt10: number;
      image: { label: string; split: string };
      neighbours: {
        label: string;
        sharesLabel: boolean;
        image: { label: string; split: string };
      }[];
    }[];
    baselines: readonly { name: string; scores: { precisionAt10: Interval } }[];
  };
}

/** Of a model of Fashion-MNIST: 10 labels, 1,000 queries each. */
export function expectDetails({ details, ...numbers }: MeasuredEvaluation): void {
  const { scores } = details;
  const intervals = [
    ...Object.values<Interval>({ ...scores }),
    ...[details.precisionAt10Index, details.recallAt10, details.ownCopies],
    ...[details.reconstructionError, ...details.labels.map((label) => label.precisionAt10)],
  ];
  expect(intervals).toHaveLength(18);
  for (const { value, low, high } of intervals) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    expect(high - low).toBeLessThan(0.1);
  }
  expect(scores.precisionAt10.value).toBe(numbers.precisionAt10Exact);
  expect(details.precisionAt10Index.value).toBe(numbers.precisionAt10Index);
  expect(details.recallAt10.value).toBe(numbers.recallAt10);
  expect(scores.precisionAt1.value).toBeGreaterThan(scores.precisionAt10.value);
  expect(scores.accuracyAt10.value).toBeGreaterThan(scores.precisionAt10.value);
  expect(scores.meanAveragePrecisionAt100.value).toBeLessThan(scores.precisionAt10.value);
  expect(scores.meanAveragePrecisionAt100.value).toBeGreaterThan(0.4);
  expect(details.ownCopyCount).toBe(500);

  expect(details.labelCount).toBe(10);
  expect(details.labels.map(({ queryCount }) => queryCount)).toEqual(Array(10).fill(1000));
  for (const { label, precisionAt10, mistakenFor } of details.labels) {
    const mistaken = mistakenFor.reduce((sum, { share }) => sum + share, 0);
    expect(precisionAt10.value + mistaken).toBeCloseTo(1, 9);
    expect(mistakenFor.map((mistake) => mistake.label)).not.toContain(label);
  }
  expect(details.worstQueries).toHaveLength(24);
  for (const { label, image, neighbours, precisionAt10 } of details.worstQueries) {
    expect(image).toEqual({ label, split: 'TEST' });
    expect(neighbours).toHaveLength(10);
    const sharing = neighbours.filter((neighbour) => neighbour.sharesLabel);
    expect(sharing).toHaveLength(Math.round(precisionAt10 * 10));
    expect(sharing.every((neighbour) => neighbour.image.label === label)).toBe(true);
  }
  expect(details.baselines.map(({ name }) => name)).toEqual(['pixels', 'PCA']);
  const [pixels = Number.NaN, components = Number.NaN] = details.baselines.map(
    (baseline) => baseline.scores.precisionAt10.value,
  );
  // Measured elsewhere on all queries: 0.813 and 0.832.
  expect(Math.abs(pixels - 0.813)).toBeLessThan(0.02);
  expect(Math.abs(components - 0.832)).toBeLessThan(0.02);
}
