import { describe, expect, it } from 'vitest';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import {
  measureQueries,
  neighbourScores,
  type LabelledRows,
} from '../../../server/services/neighbour-scores.js';
import { unwatched } from '../ml/pictures.js';

const search = await createExactSearch();

/** Images that lie in directions, in degrees: the smaller the angle between two, the nearer. */
function inDirections(
  firstId: number,
  images: readonly (readonly [degrees: number, label: string | null])[],
): LabelledRows {
  return {
    imageIds: images.map((_, at) => firstId + at),
    labels: images.map(([, label]) => label),
    vectors: Float32Array.from(
      images.flatMap(([degrees]) => {
        const angle = (degrees * Math.PI) / 180;
        return [Math.cos(angle), Math.sin(angle)];
      }),
    ),
  };
}

const BASE = inDirections(100, [
  [1, 'a'],
  [2, 'b'],
  [3, 'b'],
  [4, 'a'],
  [5, null],
]);

const measured = (queries: LabelledRows, base = BASE) =>
  measureQueries(search, queries, base, 2, unwatched);

describe('what is measured of the neighbours of labelled images', () => {
  it('is right for a case counted by hand', async () => {
    const [query] = await measured(inDirections(1, [[0, 'a']]));
    expect(query).toMatchObject({
      ...{ imageId: 1, label: 'a', precisionAt1: 1, precisionAt10: 2 / 5 },
      // Two of five, and the vote is two to two: the nearest decides.
      accuracy: 1,
      averagePrecision: (1 + 2 / 4) / 2,
      neighbours: [
        { imageId: 100, label: 'a' },
        { imageId: 101, label: 'b' },
        { imageId: 102, label: 'b' },
        { imageId: 103, label: 'a' },
        { imageId: 104, label: null },
      ],
    });
  });

  it('counts a label that the base does not have as never found', async () => {
    const [query] = await measured(inDirections(1, [[0, 'c']]));
    expect(query).toMatchObject({
      ...{ precisionAt1: 0, precisionAt10: 0, averagePrecision: 0, accuracy: 0 },
    });
  });

  it('leaves out queries without a label, which are no match for each other either', async () => {
    const queries = inDirections(1, [
      [5, null],
      [6, 'b'],
    ]);
    const found = await measured(queries);
    expect(found.map(({ imageId }) => imageId)).toEqual([2]);
    expect(found[0]).toMatchObject({ precisionAt1: 0, precisionAt10: 2 / 5, accuracy: 0 });
    expect(await measured(inDirections(1, [[5, null]]))).toEqual([]);
    expect(await measured(queries, inDirections(1, []))).toEqual([]);
  });

  it('looks at ten neighbours, and at a hundred places for the average precision', async () => {
    const base = inDirections(
      1000,
      Array.from({ length: 150 }, (_, at) => [(at + 1) / 10, at === 10 || at > 98 ? 'a' : 'b']),
    );
    const [query] = await measured(inDirections(1, [[0, 'a']]), base);
    expect(query).toMatchObject({ precisionAt10: 0, neighbours: { length: 10 } });
    // Found at the places 11 and 100; 52 images bear the label.
    expect(query?.averagePrecision).toBeCloseTo((1 / 11 + 2 / 100) / 52, 9);
  });
});

describe('the scores of neighbours', () => {
  it('are means over the queries, each in its interval', async () => {
    const queries = inDirections(1, [
      [0, 'a'],
      [5.5, 'b'],
      [9, null],
    ]);
    const scores = await neighbourScores(search, queries, BASE, 2, unwatched, 10);
    expect(scores?.precisionAt1).toEqual({ value: 0.5, low: 0, high: 1 });
    expect(scores?.precisionAt10.value).toBeCloseTo(0.4, 12);
    expect(scores?.accuracyAt10.value).toBe(0.5);
    const [one, other] = [(1 + 2 / 4) / 2, (1 / 3 + 2 / 4) / 2];
    expect(scores?.meanAveragePrecisionAt100.value).toBeCloseTo((one + other) / 2, 9);
    expect(scores?.meanAveragePrecisionAt100.low).toBeCloseTo(other, 9);
    expect(scores?.meanAveragePrecisionAt100.high).toBeCloseTo(one, 9);
  });

  it('are null without labelled queries', async () => {
    const none = inDirections(1, [[0, null]]);
    expect(await neighbourScores(search, none, BASE, 2, unwatched, 10)).toBeNull();
  });

  it('of tens of thousands are measured on ten thousand, spread over all', async () => {
    const many = inDirections(
      1,
      Array.from({ length: 20_000 }, (_, at) => [at % 90, 'a']),
    );
    const found = await measured(many);
    expect(found).toHaveLength(10_000);
    expect([found[0]?.imageId, found[1]?.imageId, found.at(-1)?.imageId]).toEqual([1, 3, 19_999]);
  });
});
