import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { unwatched } from './pictures.js';

const DIMENSION = 12;
const search = await createExactSearch();

function vectors(count: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  // Of very different lengths, so that only a true cosine gets the order right.
  return Float32Array.from({ length: count * DIMENSION }, (_, at) => {
    const scale = 10 ** ((Math.floor(at / DIMENSION) % 7) - 3);
    return scale * (random() - 0.3);
  });
}

function similarity(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function row(of: Float32Array, position: number): Float32Array {
  return of.subarray(position * DIMENSION, (position + 1) * DIMENSION);
}

describe('exact search', () => {
  it('finds what a loop over all finds', async () => {
    const [queries, base, k] = [vectors(40, 1), vectors(500, 2), 10];
    const found = await search.nearest(queries, base, DIMENSION, k, unwatched);
    expect(found).toHaveLength(40 * k);
    for (let query = 0; query < 40; query += 1) {
      const similarities = Array.from({ length: 500 }, (_, position) =>
        similarity(row(queries, query), row(base, position)),
      );
      const expected = similarities.toSorted((a, b) => b - a).slice(0, k);
      const actual = [...found.subarray(query * k, (query + 1) * k)];
      expect(new Set(actual).size).toBe(k);
      actual.forEach((position, rank) => {
        expect(similarities[position]).toBeCloseTo(expected[rank] ?? Number.NaN, 5);
      });
    }
  });

  it('puts a vector first among its own, and ranks all of them when k is their count', async () => {
    const base = vectors(30, 3);
    const found = await search.nearest(base, base, DIMENSION, 30, unwatched);
    for (let query = 0; query < 30; query += 1) {
      const ranked = [...found.subarray(query * 30, (query + 1) * 30)];
      expect(ranked[0]).toBe(query);
      expect(ranked.toSorted((a, b) => a - b)).toEqual(ranked.map((_, position) => position));
    }
  });

  it('takes a vector of zeros as similar to nothing', async () => {
    const base = new Float32Array(2 * DIMENSION);
    base[DIMENSION] = 1;
    const query = new Float32Array(DIMENSION);
    query[0] = 3;
    expect([...(await search.nearest(query, base, DIMENSION, 2, unwatched))]).toEqual([1, 0]);
  });

  it('works in blocks, tells its progress and keeps no tensors', async () => {
    const tf = await loadTensorFlow();
    const before = tf.memory().numTensors;
    const [queries, base] = [vectors(600, 4), vectors(40_000, 5)];
    const shares: number[] = [];
    const found = await search.nearest(queries, base, DIMENSION, 1, (share) => {
      shares.push(share);
      return Promise.resolve();
    });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares.at(-1)).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    const last = await search.nearest(row(queries, 599), base, DIMENSION, 1, unwatched);
    expect(found[599]).toBe(last[0]);
  });

  it('stops and frees everything when it is told to', async () => {
    const tf = await loadTensorFlow();
    const before = tf.memory().numTensors;
    const stop = () => Promise.reject(new Error('cancelled'));
    const base = vectors(10, 1);
    await expect(search.nearest(base, base, DIMENSION, 1, stop)).rejects.toThrow('cancelled');
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [0, DIMENSION],
    [11, DIMENSION],
    [1.5, DIMENSION],
    [1, 7],
  ])('refuses k %d and dimension %d for 10 vectors', async (k, dimension) => {
    const base = vectors(10, 1);
    await expect(search.nearest(base, base, dimension, k, unwatched)).rejects.toThrow(RangeError);
  });
});
