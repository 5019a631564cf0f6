import { describe, expect, it } from 'vitest';
import { labelScores, type LabelledNeighbours } from '../../../server/domain/label-scores.js';

function query(label: string, neighbourLabels: readonly (string | null)[]): LabelledNeighbours {
  const sharing = neighbourLabels.filter((other) => other === label);
  return { label, neighbourLabels, precisionAt10: sharing.length / neighbourLabels.length };
}

describe('scores by label', () => {
  it('tell of each label how often it is found, and what is found in its place', () => {
    const { labels, labelCount } = labelScores([
      query('coat', ['coat', 'shirt', 'shirt', null]),
      query('bag', ['bag', 'bag', 'bag', 'bag']),
      query('coat', ['coat', 'coat', 'coat', 'bag']),
    ]);
    expect(labelCount).toBe(2);
    expect(labels.map(({ label, queryCount }) => [label, queryCount])).toEqual([
      ['coat', 2],
      ['bag', 1],
    ]);
    expect(labels[0]?.precisionAt10).toEqual({ value: 0.5, low: 0.25, high: 0.75 });
    expect(labels[0]?.mistakenFor).toEqual([
      { label: 'shirt', share: 2 / 8 },
      { label: null, share: 1 / 8 },
      { label: 'bag', share: 1 / 8 },
    ]);
    expect(labels[1]?.mistakenFor).toEqual([]);
  });

  it('of many labels tell those with the most queries, and what each is mistaken for most', () => {
    const others = Array.from({ length: 8 }, (_, at) => `other ${at}`);
    const queries = Array.from({ length: 300 }, (_, at) =>
      query(`label ${at}`, [...others, 'other 7']),
    );
    const { labels, labelCount } = labelScores([...queries, query('label 299', ['label 299'])]);
    expect(labelCount).toBe(300);
    expect(labels).toHaveLength(200);
    expect(labels[0]).toMatchObject({ label: 'label 299', queryCount: 2 });
    expect(labels[1]?.mistakenFor.map(({ label }) => label)).toEqual([
      'other 7',
      ...['other 0', 'other 1', 'other 2', 'other 3'],
    ]);
  });

  it('of few labels tell the whole row', () => {
    const others = Array.from({ length: 25 }, (_, at) => `other ${at}`);
    const { labels } = labelScores([query('one', others)]);
    expect(labels[0]?.mistakenFor).toHaveLength(25);
  });

  it('of no queries are none', () => {
    expect(labelScores([])).toEqual({ labelCount: 0, labels: [] });
  });
});
