import { describe, expect, it } from 'vitest';
import type { Evaluation, EvaluationDetails } from '../../../server/domain/evaluation.js';
import {
  compareModels,
  LEAST_QUERIES,
  wordsOfComparison,
} from '../../../server/domain/model-choice.js';
import { estimateOf, evaluationDetails, newModel } from '../../contract/metadata/rows.js';

function evaluation(
  precision: number | null,
  copies: number | null,
  changes: Partial<EvaluationDetails> = {},
  queryCount = 100,
): Evaluation {
  const { scores, ...details } = evaluationDetails();
  return {
    ...newModel(1, 1).evaluation,
    queryCount,
    details: {
      ...details,
      scores:
        scores && precision !== null ? { ...scores, precisionAt10: estimateOf(precision) } : null,
      ownCopies: copies === null ? null : estimateOf(copies),
      ownCopyCount: copies === null ? 0 : 50,
      ...changes,
    },
  };
}

describe('P@10', () => {
  it.each([
    [0.9, false],
    [0.8, false],
    [0.791, false],
    [0.789, true],
    [0.1, true],
  ])('of %s against 0.8, which is known to 0.01, is worse: %s', (value, isWorse) => {
    const comparison = compareModels(evaluation(value, null), evaluation(0.8, null));
    expect(comparison).toEqual({
      measure: 'PRECISION_AT_10',
      candidate: estimateOf(value),
      active: estimateOf(0.8),
      isWorse,
      isAnew: false,
    });
  });

  it('counts before own copies, where both models have it', () => {
    const comparison = compareModels(evaluation(0.5, 0.9), evaluation(0.8, 0.1));
    expect(comparison).toMatchObject({ measure: 'PRECISION_AT_10', isWorse: true });
  });

  it('is told with its interval', () => {
    const comparison = compareModels(evaluation(0.7812, null), evaluation(0.85, null));
    expect(comparison && wordsOfComparison(comparison)).toBe(
      'P@10 0.781 (0.771–0.791) against 0.850 (0.840–0.860)',
    );
  });
});

describe('own copies', () => {
  it('count where one of the two was measured without labels', () => {
    const comparison = compareModels(evaluation(null, 0.5), evaluation(0.8, 0.9));
    expect(comparison).toMatchObject({ measure: 'OWN_COPIES', isWorse: true });
    expect(comparison && wordsOfComparison(comparison)).toMatch(/^own copies found 0\.500/);
    expect(compareModels(evaluation(null, 0.95), evaluation(null, 0.9))?.isWorse).toBe(false);
  });

  it.each([
    ['one has none', evaluation(null, 0.5), evaluation(0.8, null)],
    ['there were few', ...twice({ ownCopyCount: LEAST_QUERIES - 1 })],
  ])('do not where %s', (_, candidate, active) => {
    expect(compareModels(candidate, active)).toBeNull();
  });
});

describe('own copies of which one model has more', () => {
  // Of 55 against 50, a tenth of these may be all that tells the two apart.
  it.each([
    [0.8, false],
    [0.78, true],
  ])('at %s against 0.89 at least, are worse beyond doubt: %s', (value, isWorse) => {
    const more = { ownCopyCount: 55 };
    expect(compareModels(evaluation(null, value), evaluation(null, 0.9, more))).toMatchObject({
      isWorse,
    });
    expect(compareModels(evaluation(null, value, more), evaluation(null, 0.9))).toMatchObject({
      isWorse,
    });
  });
});

describe('models are not compared', () => {
  const labels = evaluationDetails().labels.map((each) => ({ ...each, queryCount: 4 }));

  it.each([
    ['on few queries', evaluation(0.1, 0.1, {}, 29), evaluation(0.8, 0.8, {}, 29)],
    ['on more queries', evaluation(0.1, 0.1, {}, 100), evaluation(0.8, 0.8, {}, 101)],
    ['on queries with other labels', evaluation(0.1, null, { labels }), evaluation(0.8, null)],
    [
      'of before there were intervals',
      { ...evaluation(0.1, 0.1), details: null },
      evaluation(1, 1),
    ],
    ['that no number tells of', evaluation(null, null), evaluation(0.8, 0.8)],
  ])('%s', (_, candidate, active) => {
    expect(compareModels(candidate, active)).toBeNull();
    expect(compareModels(active, candidate)).toBeNull();
  });

  it('but are in whatever order the labels are told', () => {
    const [one] = evaluationDetails().labels;
    const two = one ? [one, { ...one, label: 'Bag' }] : [];
    const [candidate, active] = [two, [...two].reverse()].map((each) =>
      evaluation(0.1, null, { labels: each, labelCount: 2 }),
    );
    expect(candidate && active && compareModels(candidate, active)).not.toBeNull();
  });
});

function twice(changes: Partial<EvaluationDetails>): [Evaluation, Evaluation] {
  return [evaluation(null, 0.5, changes), evaluation(null, 0.9, changes)];
}
