import { describe, expect, it } from 'vitest';
import { formatInterval, scoreRange, scoreRows, sharedMeasure } from '../../../web/lib/estimate.js';

const about = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
const scoresOf = (value: number) => ({
  precisionAt1: about(value),
  precisionAt10: about(value - 0.1),
  meanAveragePrecisionAt100: about(value - 0.2),
  accuracyAt10: about(value),
});

describe('the scores of a model', () => {
  it('are those that were measured, each with the same score of every baseline', () => {
    const rows = scoreRows({
      scores: scoresOf(0.9),
      recallAt10: about(0.99),
      ownCopies: null,
      baselines: [{ name: 'pixels', scores: scoresOf(0.7) }],
    });
    expect(rows.map(({ name }) => name)).toEqual([
      ...['P@1', 'P@10', 'mAP@100', '10-NN accuracy', 'Recall@10'],
    ]);
    expect(rows[1]).toEqual({
      name: 'P@10',
      estimate: about(0.8),
      baselines: [{ name: 'pixels', estimate: about(0.7 - 0.1) }],
    });
    expect(rows[4]?.baselines).toEqual([]);
  });

  it('are what needs no label where there is none', () => {
    const rows = scoreRows({ scores: null, ownCopies: about(0.5), baselines: [] });
    expect(rows.map(({ name }) => name)).toEqual(['Own copies']);
  });

  it('lie on an axis from a round tenth below the least of them', () => {
    const rows = scoreRows({ scores: scoresOf(0.9), baselines: [] });
    expect(scoreRange(rows)).toEqual([0.6, 1]);
    const low = scoreRows({ ownCopies: { value: 0, low: 0, high: 0.1 }, baselines: [] });
    expect(scoreRange(low)).toEqual([0, 1]);
    const high = scoreRows({ recallAt10: { value: 1, low: 1, high: 1 }, baselines: [] });
    expect(scoreRange(high)).toEqual([0.9, 1]);
  });

  it('are told with where they would lie', () => {
    expect(formatInterval({ value: 0.8, low: 0.7921, high: 0.813 })).toBe('0.792 to 0.813');
  });

  it('of two models that are compared are P@10, or else own copies', () => {
    const labelled = { scores: scoresOf(0.9), ownCopies: about(0.5) };
    const unlabelled = { scores: null, ownCopies: about(0.6) };
    expect(sharedMeasure(labelled, labelled)).toEqual({
      name: 'P@10',
      one: about(0.9 - 0.1),
      other: about(0.9 - 0.1),
    });
    expect(sharedMeasure(labelled, unlabelled)).toEqual({
      name: 'Own copies',
      one: about(0.5),
      other: about(0.6),
    });
    expect(sharedMeasure({ scores: scoresOf(0.9) }, unlabelled)).toBeNull();
    expect(sharedMeasure(null, labelled)).toBeNull();
  });
});
