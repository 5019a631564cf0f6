import { setImmediate as turn } from 'node:timers/promises';
import type { PlainComparisons } from '../ports/networks.js';
import { pixels } from './architectures/pixels.js';
import { Covariance } from './principal-components.js';
import { loadTensorFlow } from './tf.js';

/** Rows that are multiplied at once: some 20 ms of work. */
const BATCH_ROWS = 1024;

/**
 * The comparisons of `PlainComparisons` on libtensorflow.
 * @throws LookalikeError LIBTENSORFLOW_MISSING
 */
export async function createPlainComparisons(): Promise<PlainComparisons> {
  const tf = await loadTensorFlow();
  return {
    pixels,
    async principalComponents(rows, dimension, wanted, whitening) {
      const covariance = new Covariance(tf, dimension);
      for (const { batch } of batchesOf(rows, dimension)) {
        covariance.add(batch);
        await turn();
      }
      const count = Math.min(wanted, dimension);
      const { components } = covariance.principalComponents(count, whitening);
      const mean = covariance.mean();
      const project = async (given: Float32Array) => {
        const projected = new Float32Array((given.length / dimension) * count);
        for (const { batch, start } of batchesOf(given, dimension)) {
          tf.tidy(() => {
            const centred = tf.sub(tf.tensor2d(batch, [batch.length / dimension, dimension]), mean);
            const along = tf.matMul(centred, tf.tensor2d(components, [dimension, count]));
            projected.set(along.dataSync<'float32'>(), start * count);
          });
          await turn();
        }
        return projected;
      };
      return { dimension: count, project };
    },
  };
}

function* batchesOf(
  rows: Float32Array,
  dimension: number,
): Generator<{ readonly start: number; readonly batch: Float32Array }> {
  const count = rows.length / dimension;
  for (let start = 0; start < count; start += BATCH_ROWS) {
    const end = Math.min(count, start + BATCH_ROWS);
    yield { start, batch: rows.subarray(start * dimension, end * dimension) };
  }
}
