import { describe, expect, it } from 'vitest';
import {
  averagePrecision,
  labelByVote,
  precisionAt,
} from '../../../server/domain/ranking-measures.js';

/** `101`: the first and the third share the label. */
const sharing = (places: string) => places.split('').map((place) => place === '1');

describe('precision', () => {
  it('is the share of the first k that share the label', () => {
    expect(precisionAt(sharing('1011'), 1)).toBe(1);
    expect(precisionAt(sharing('0111'), 1)).toBe(0);
    expect(precisionAt(sharing('101100000011'), 10)).toBe(0.3);
  });

  it('is of all where the ranking is shorter, and 0 of none', () => {
    expect(precisionAt(sharing('110'), 10)).toBeCloseTo(2 / 3, 12);
    expect(precisionAt([], 10)).toBe(0);
  });
});

describe('average precision', () => {
  it('is the mean of the precisions at the places that share the label', () => {
    expect(averagePrecision(sharing('10100'), 2)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(averagePrecision(sharing('11000'), 2)).toBe(1);
    expect(averagePrecision(sharing('00011'), 2)).toBeCloseTo((1 / 4 + 2 / 5) / 2, 12);
  });

  it('counts those that are not found, as far as there was room for them', () => {
    expect(averagePrecision(sharing('10100'), 4)).toBeCloseTo((1 + 2 / 3) / 4, 12);
    expect(averagePrecision(sharing('111'), 1000)).toBe(1);
  });

  it('is 0 where no image could share the label', () => {
    expect(averagePrecision(sharing('000'), 0)).toBe(0);
    expect(averagePrecision([], 0)).toBe(0);
  });
});

describe('the vote of the neighbours', () => {
  it('goes to the label that most of them bear', () => {
    expect(labelByVote(['a', 'b', 'b'])).toBe('b');
  });

  it('goes to the nearest of labels with as many votes', () => {
    expect(labelByVote(['c', 'a', 'b', 'b', 'a'])).toBe('a');
    expect(labelByVote(['b', 'a'])).toBe('b');
  });

  it('is not of those without a label', () => {
    expect(labelByVote([null, null, null, 'a'])).toBe('a');
    expect(labelByVote([null, null])).toBeNull();
    expect(labelByVote([])).toBeNull();
  });
});
