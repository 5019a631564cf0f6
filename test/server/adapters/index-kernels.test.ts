import { describe, expect, it } from 'vitest';
import { kernelDistances } from '../../../server/adapters/vector-index/hnswlib/native-graph.js';
import { writeUnit } from '../../../server/adapters/vector-index/hnswlib/unit-vector.js';
import { unitVector } from '../../../server/domain/query-vector.js';
import { cosineDistance, randomEmbeddings } from '../../contract/vectors.js';

describe.each([1, 4, 31, 32, 33, 64, 96, 128, 1024])('vectors of %i numbers', (dimension) => {
  const vectors = randomEmbeddings([1, 2, 3, 4], dimension, dimension).map(({ vector }) => vector);

  it('are as far apart by every kernel of this processor as by the plain form', () => {
    for (const left of vectors.map(unitVector)) {
      for (const right of vectors.map(unitVector)) {
        const distances = Object.values(kernelDistances(left, right));
        expect(distances.length).toBeGreaterThan(0);
        for (const distance of distances) {
          expect(distance).toBeCloseTo(cosineDistance(left, right), 5);
        }
      }
    }
  });

  it('are brought to length 1 as by the plain form', () => {
    const into = new Float32Array(dimension);
    for (const vector of [...vectors, new Float32Array(dimension)]) {
      writeUnit(vector, into);
      unitVector(vector).forEach((value, at) => {
        expect(into[at]).toBeCloseTo(value, 6);
      });
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
