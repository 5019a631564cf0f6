import { describe, expect, it } from 'vitest';
import { kernelDistances } from '../../../server/adapters/vector-index/hnswlib/native-graph.js';
import { unitVector } from '../../../server/domain/query-vector.js';
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
  expect(names).toContain('hnswlib');
  // hnswlib's own is for every dimension, the wide ones for those that 32 divides.
  const narrow = new Float32Array(20);
  expect(Object.keys(kernelDistances(narrow, narrow))).toEqual(['hnswlib']);
});
