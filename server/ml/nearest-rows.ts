import { setImmediate as turn } from 'node:timers/promises';
import type { OnProgress } from '../domain/progress.js';
import type { Tensor2D, TensorFlow } from './tf.js';

/** Cosines that one block of rows may hold: 32 MiB of float32. */
const BLOCK_NUMBERS = 8 * 1024 * 1024;

export interface NearestRows {
  /** [rows, k] positions, nearest first. */
  readonly positions: Int32Array;
  /** [rows, k] */
  readonly cosines: Float32Array;
}

/**
 * The k rows of `base` that are nearest to each row, by comparing with all.
 * @param rows [count, dimension] @param base [baseCount, dimension], both of length one
 */
export async function nearestRows(
  tf: TensorFlow,
  rows: Float32Array,
  base: Float32Array,
  dimension: number,
  k: number,
  onProgress: OnProgress,
): Promise<NearestRows> {
  const others = tf.tensor2d(base, [base.length / dimension, dimension]);
  try {
    return await nearestRowsOf(tf, rows, others, k, onProgress);
  } finally {
    others.dispose();
  }
}

/**
 * The same of a tensor, which stays the caller's.
 * @param rows how long one is changes its cosines, not their order
 */
export async function nearestRowsOf(
  tf: TensorFlow,
  rows: Float32Array,
  base: Tensor2D,
  k: number,
  onProgress: OnProgress,
): Promise<NearestRows> {
  const [baseCount, dimension] = base.shape;
  const count = rows.length / dimension;
  const positions = new Int32Array(count * k);
  const cosines = new Float32Array(count * k);
  const blockRows = Math.max(1, Math.floor(BLOCK_NUMBERS / baseCount));
  for (let start = 0; start < count; start += blockRows) {
    const end = Math.min(count, start + blockRows);
    const block = rows.subarray(start * dimension, end * dimension);
    tf.tidy(() => {
      const given = tf.tensor2d(block, [end - start, dimension]);
      const { values, indices } = tf.topk(tf.matMul<Tensor2D>(given, base, false, true), k);
      positions.set(indices.dataSync<'int32'>(), start * k);
      cosines.set(values.dataSync<'float32'>(), start * k);
    });
    await turn();
    await onProgress(end / count);
  }
  return { positions, cosines };
}
