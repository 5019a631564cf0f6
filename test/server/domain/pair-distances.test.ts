import { expect, it } from 'vitest';
import { pairDistances } from '../../../server/domain/pair-distances.js';
import { seededRandom } from '../../../server/domain/random.js';

const never = () => {
  throw new Error('No number is to be drawn.');
};

it('few rows give every pair, in order', () => {
  const rows = Float32Array.of(1, 0, 0, 3, -2, 0, 1, 1);
  const distances = pairDistances(rows, 2, 100, never);
  const half = 1 - Math.SQRT1_2;
  const expected = [half, half, 1, 1, 1 + Math.SQRT1_2, 2];
  expect(distances).toHaveLength(expected.length);
  expected.forEach((distance, at) => expect(distances[at]).toBeCloseTo(distance, 6));
});

it('equal directions lie at 0, whatever their length, and a row of zeros at 1 from all', () => {
  const rows = Float32Array.of(0.1, 0.7, 0.2, 1.4, 0, 0);
  expect([...pairDistances(rows, 2, 3, never)]).toEqual([0, 1, 1]);
});

it('many rows give as many pairs as asked, drawn from all, none of a row with itself', () => {
  const random = seededRandom(3);
  const rows = Float32Array.from({ length: 3 * 1000 }, () => random() - 0.5);
  const distances = pairDistances(rows, 3, 20_000, seededRandom(1));
  expect(distances).toHaveLength(20_000);
  expect(distances).toEqual(pairDistances(rows, 3, 20_000, seededRandom(1)));
  expect(distances).toEqual(distances.toSorted());
  // Directions in space are alike in all ways: their cosines spread evenly from -1 to 1.
  [0.1, 0.5, 0.9].forEach((share) => {
    expect(Math.abs((distances[share * 20_000] ?? 0) - 2 * share)).toBeLessThan(0.1);
  });
  expect(distances.filter((distance) => distance === 0)).toHaveLength(0);
});

it('a single row, or none, makes no pair', () => {
  expect(pairDistances(Float32Array.of(1, 2), 2, 100, never)).toHaveLength(0);
  expect(pairDistances(new Float32Array(), 2, 100, never)).toHaveLength(0);
});
