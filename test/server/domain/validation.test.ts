import { describe, expect, it } from 'vitest';
import {
  bestEpoch,
  isOutOfPatience,
  type ScoredEpoch,
  type ValidationMeasure,
} from '../../../server/domain/validation.js';

function scored(
  values: readonly (number | null)[],
  measure: ValidationMeasure = 'PRECISION_AT_10',
): ScoredEpoch[] {
  const rest = { measure, queryCount: 10, baseCount: 100, seenInTraining: false };
  return values.map((value, at) => ({
    epoch: at + 1,
    validation: value === null ? null : { ...rest, value },
  }));
}

describe('the best epoch', () => {
  it.each([
    ['of none', [], null],
    ['where nothing was measured', [null, null], null],
    ['is the one with the highest score', [0.2, 0.8, 0.5], 2],
    ['is the first of equal ones', [0.2, 0.8, 0.8], 2],
    ['may be one with the score 0', [0, 0], 1],
    ['passes over epochs without a score', [null, 0.3, null], 2],
  ])('%s', (_, values, best) => {
    expect(bestEpoch(scored(values))).toBe(best);
  });

  it('is not looked for among scores of another measure than the last', () => {
    const before = scored([0.9, 0.95], 'OWN_COPIES');
    const after = scored([0, 0, 0.4, 0.5, 0.45]).slice(2);
    expect(bestEpoch([...before, ...after])).toBe(4);
    expect(isOutOfPatience([...before, ...after], 2)).toBe(false);
  });
});

describe('a run is out of patience', () => {
  const values = [0.5, 0.7, 0.6, 0.7, 0.65];

  it('when so many epochs have gone by since the best, and not before', () => {
    const stops = [1, 2, 3, 4, 5].map((done) => isOutOfPatience(scored(values.slice(0, done)), 3));
    expect(stops).toEqual([false, false, false, false, true]);
  });

  it('from one epoch without a better score on, with the patience 1', () => {
    expect(isOutOfPatience(scored([0.5, 0.5]), 1)).toBe(true);
    expect(isOutOfPatience(scored([0.5, 0.6]), 1)).toBe(false);
  });

  it('never with the patience 0, before the first epoch, or without scores', () => {
    expect(isOutOfPatience(scored(values), 0)).toBe(false);
    expect(isOutOfPatience([], 1)).toBe(false);
    expect(isOutOfPatience(scored([null, null, null]), 1)).toBe(false);
  });
});
