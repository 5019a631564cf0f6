import { expect, it } from 'vitest';
import { errorQuantilesOf } from '../../../server/domain/quantiles.js';
import { familiarityOf } from '../../../server/services/familiarity.js';

/** 20,000 errors, from 0 to just below 1, and one far larger than all. */
const ERRORS = [...Array.from({ length: 20_000 }, (_, at) => at / 20_000), 1000];
const STATISTICS = { distanceQuantiles: [], errorQuantiles: errorQuantilesOf(ERRORS) };

it.each([
  [0.5, false],
  [0.99, false],
  [0.9945, false],
  [0.9955, true],
  [0.9999, true],
  [2000, true],
])('of errors up to 1 but for an outlier, %d is unusual: %s', (error, unusual) => {
  const told = familiarityOf(STATISTICS, error);
  expect(told.unusual).toBe(unusual);
  expect(Math.abs((told.percentile ?? 0) - Math.min(1, error))).toBeLessThan(1e-3);
});
