import type { ExactSearch } from '../ports/networks.js';
import { nearestRowsOf } from './nearest-rows.js';
import { loadTensorFlow } from './tf.js';
import type { Tensor2D, TensorFlow } from './tf.js';

/**
 * Exact search by cosine on libtensorflow: a matrix product of unit vectors gives every similarity
 * of a block of queries, and TopKV2 keeps the k largest of each row.
 * @throws LookalikeError LIBTENSORFLOW_MISSING
 */
export async function createExactSearch(): Promise<ExactSearch> {
  const tf = await loadTensorFlow();
  return {
    async nearest(queries, base, dimension, k, onProgress) {
      rowsOf('queries', queries, dimension);
      const baseCount = rowsOf('base', base, dimension);
      if (!Number.isInteger(k) || k < 1 || k > baseCount) {
        throw new RangeError(`k must be a whole number from 1 to ${baseCount}, not ${k}.`);
      }
      const units = unitRows(tf, base, dimension);
      try {
        return (await nearestRowsOf(tf, queries, units, k, onProgress)).positions;
      } finally {
        units.dispose();
      }
    },
  };
}

/** The rows at length one; a row of zeros stays as it is, similar to nothing. */
function unitRows(tf: TensorFlow, vectors: Float32Array, dimension: number): Tensor2D {
  return tf.tidy(() => {
    const rows = tf.tensor2d(vectors, [vectors.length / dimension, dimension]);
    const squares = tf.sum(tf.square(rows), 1, true);
    return tf.divNoNan<Tensor2D>(rows, tf.sqrt(squares));
  });
}

function rowsOf(name: string, vectors: Float32Array, dimension: number): number {
  const rows = vectors.length / dimension;
  if (Number.isInteger(rows)) return rows;
  throw new RangeError(`${name} has ${vectors.length} numbers, not rows of ${dimension}.`);
}
