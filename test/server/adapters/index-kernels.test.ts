import { describe, expect, it } from 'vitest';
import {
  codeProducts,
  kernelDistances,
} from '../../../server/adapters/vector-index/hnswlib/native-graph.js';
import { unitVector } from '../../../server/domain/query-vector.js';
import { seededRandom } from '../../../server/domain/random.js';
import { cosineDistance, randomEmbeddings } from '../../contract/vectors.js';

describe.each([1, 4, 31, 32, 33, 64, 96, 128, 1024])('vectors of %i numbers', (dimension) => {
  const vectors = randomEmbeddings([1, 2, 3, 4], dimension, dimension).map(({ vector }) => vector);

  it('are as far apart by every kernel of this processor as by the plain form', () => {
    const units = vectors.map((vector) => unitVector(vector));
    for (const left of units) {
      for (const right of units) {
        const distances = Object.values(kernelDistances(left, right));
        expect(distances.length).toBeGreaterThan(0);
        for (const distance of distances) {
          expect(distance).toBeCloseTo(cosineDistance(left, right), 5);
        }
      }
    }
  });
});

it('a kernel for wide vectors is used where the processor has one', () => {
  const zeros = new Float32Array(128);
  const names = Object.keys(kernelDistances(zeros, zeros));
  expect(names).toContain('plain');
  // The plain one is for every dimension, the wide ones for those that 32 divides.
  const narrow = new Float32Array(20);
  expect(Object.keys(kernelDistances(narrow, narrow))).toEqual(['plain']);
});

it.each([32, 64, 128, 1024])('codes of %i numbers have one product by every kernel', (length) => {
  const random = seededRandom(length);
  const upTo = (greatest: number) => Math.round((2 * random() - 1) * greatest);
  // A query is scaled so that no sum runs over.
  const greatest = Math.min(32_767, Math.floor((2 ** 31 - 1) / (128 * length)));
  const codes = [Int8Array.from({ length }, () => upTo(127)), new Int8Array(length).fill(127)];
  const queries = [
    Int16Array.from({ length }, () => upTo(greatest)),
    new Int16Array(length).fill(-greatest),
  ];
  for (const code of codes) {
    for (const query of queries) {
      const product = code.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
      const products = Object.values(codeProducts(code, query));
      expect(products).toContain(product);
      expect(new Set(products).size).toBe(1);
    }
  }
});
