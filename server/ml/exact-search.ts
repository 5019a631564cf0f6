import { setImmediate as turn } from 'node:timers/promises';
import type { ExactSearch } from '../ports/networks.js';
import { loadTensorFlow } from './tf.js';
import type { Tensor2D, TensorFlow } from './tf.js';

/** Similarities that one block of queries may hold: 32 MiB of float32. */
const BLOCK_NUMBERS = 8 * 1024 * 1024;

/**
 * Exact search by cosine on libtensorflow: a matrix product of unit vectors gives every similarity
 * of a block of queries, and TopKV2 keeps the k largest of each row.
 * @throws LookalikeError LIBTENSORFLOW_MISSING
 */
export async function createExactSearch(): Promise<ExactSearch> {
  const tf = await loadTensorFlow();
  return {
    async nearest(queries, base, dimension, k, onProgress) {
      const queryCount = rowsOf('queries', queries, dimension);
      const baseCount = rowsOf('base', base, dimension);
      if (!Number.isInteger(k) || k < 1 || k > baseCount) {
        throw new RangeError(`k must be a whole number from 1 to ${baseCount}, not ${k}.`);
      }
      const positions = new Int32Array(queryCount * k);
      const blockRows = Math.max(1, Math.floor(BLOCK_NUMBERS / baseCount));
      const units = unitRows(tf, base, dimension);
      try {
        for (let start = 0; start < queryCount; start += blockRows) {
          const end = Math.min(queryCount, start + blockRows);
          const block = queries.subarray(start * dimension, end * dimension);
          positions.set(nearestOfBlock(tf, block, units, k), start * k);
          await turn();
          await onProgress(end / queryCount);
        }
      } finally {
        units.dispose();
      }
      return positions;
    },
  };
}

/** @returns [queries, k] positions */
function nearestOfBlock(
  tf: TensorFlow,
  queries: Float32Array,
  units: Tensor2D,
  k: number,
): Int32Array {
  return tf.tidy(() => {
    // A query's own length changes nothing in the order of its neighbours.
    const rows = tf.tensor2d(queries, [queries.length / units.shape[1], units.shape[1]]);
    const similarities = tf.matMul(rows, units, false, true);
    return tf.topk(similarities, k).indices.dataSync<'int32'>();
  });
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
