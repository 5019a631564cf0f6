import { describe, expect, it } from 'vitest';
import { confusionOf, confusionWords, mistakeWords } from '../../../web/lib/confusion.js';

const LABELS = [
  {
    label: 'Shirt',
    precisionAt10: { value: 0.5, low: 0.4, high: 0.6 },
    mistakenFor: [
      { label: 'Coat', share: 0.25 },
      { label: null, share: 0.1 },
      { label: 'Elsewhere', share: 0.15 },
    ],
  },
  { label: 'Coat', precisionAt10: { value: 1, low: 1, high: 1 }, mistakenFor: [] },
];

describe('the confusion of neighbours', () => {
  it('has the same labels in its rows as in its columns, and those without any last', () => {
    const { columns, rows, largestMistake } = confusionOf(LABELS);
    expect(columns).toEqual(['Coat', 'Shirt', null]);
    expect(rows.map((cells) => cells.map(({ share }) => share))).toEqual([
      [1, 0, 0],
      [0.25, 0.5, 0.1],
    ]);
    expect(rows[1]?.map(({ isSame }) => isSame)).toEqual([false, true, false]);
    expect(largestMistake).toBe(0.25);
  });

  it('paints a mistake against the largest, what is right by its share', () => {
    const { rows } = confusionOf(LABELS);
    expect(rows[1]?.map(({ strength }) => strength)).toEqual([1, 0.5, 0.4]);
  });

  it('says every cell in words', () => {
    const words = confusionOf(LABELS).rows[1]?.map(confusionWords);
    expect(words).toEqual([
      'Neighbours of Shirt: 25.0% bear Coat',
      'Neighbours of Shirt: 50.0% bear Shirt',
      'Neighbours of Shirt: 10.0% bear no label',
    ]);
  });

  it('without a mistake is a diagonal', () => {
    const { rows, largestMistake } = confusionOf(LABELS.slice(1));
    expect(largestMistake).toBe(0);
    expect(rows.flat().map(({ strength }) => strength)).toEqual([1]);
  });

  it('tells the first mistakes, and how many more there are', () => {
    const { mistakenFor = [] } = LABELS[0] ?? {};
    expect(mistakeWords(mistakenFor, 2)).toBe('Coat 25.0%, no label 10.0%, 1 more');
    expect(mistakeWords(mistakenFor, 3)).toBe('Coat 25.0%, no label 10.0%, Elsewhere 15.0%');
  });
});
