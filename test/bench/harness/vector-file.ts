import type { Embedding } from '../../../server/domain/model.js';

const BATCH = 1000;

/** Rows of a matrix as a stream of embeddings, numbered from 1. */
export async function* embeddingsOf(
  matrix: Float32Array,
  dimension: number,
): AsyncGenerator<readonly Embedding[]> {
  const count = matrix.length / dimension;
  for (let start = 0; start < count; start += BATCH) {
    yield Array.from({ length: Math.min(BATCH, count - start) }, (_, offset) => ({
      imageId: start + offset + 1,
      vector: rowOf(matrix, dimension, start + offset),
      reconstructionError: null,
    }));
  }
}

export function rowOf(matrix: Float32Array, dimension: number, row: number): Float32Array {
  return matrix.subarray(row * dimension, (row + 1) * dimension);
}
