import type { TrainingSet } from '../ports/networks.js';
import { labelShares } from './label-memory.js';
import type { LabelMemory } from './label-memory.js';
import { labelPlaces } from './targets.js';
import type { Tensor2D, TensorFlow } from './tf.js';

/** By so much less than 1 a cosine to an exception is at most, when e times less of it is taken over. */
const WIDEST = 3e-4;
/** What float32 leaves of a cosine of 1. */
const NARROWEST = 2e-6;
/** The same as a share of the distance to the nearest picture that does not bear the label. */
const SHARE_OF_DISTANCE = 0.1;
/** Exceptions that are kept, those first that lie farthest from where they belong. */
const MOST_EXCEPTIONS = 20_000;
/** Rows whose shares are computed together. */
const ROWS_AT_A_TIME = 4096;
/** Cosines that are computed together: 32 MiB of float32. */
const COSINES_AT_A_TIME = 8 * 1024 * 1024;

/**
 * What to keep of the labels of pictures; null where they have fewer than two.
 * @param rows [pictures, dimension], the embeddings, each of length one
 */
export function labelMemoryOf(
  tf: TensorFlow,
  set: TrainingSet,
  rows: Float32Array,
  dimension: number,
): LabelMemory | null {
  const { names, places } = labelPlaces(set);
  if (names.length < 2) return null;
  const means = meansOf(rows, dimension, places, names.length);
  const found = exceptionsOf(tf, rows, dimension, places, means);
  const kept = found
    .toSorted((one, other) => one.share - other.share)
    .slice(0, MOST_EXCEPTIONS)
    .toSorted((one, other) => one.position - other.position);
  const exceptions = new Float32Array(kept.length * dimension);
  kept.forEach(({ position }, at) => {
    exceptions.set(rows.subarray(position * dimension, (position + 1) * dimension), at * dimension);
  });
  const labels = Float32Array.from(kept, ({ position }) => places[position] ?? 0);
  const widths = widthsOf(tf, exceptions, labels, rows, places, dimension);
  return { means, exceptions, labels, widths };
}

function meansOf(
  rows: Float32Array,
  dimension: number,
  places: Int32Array,
  labelCount: number,
): Float32Array {
  const means = new Float32Array(labelCount * dimension);
  places.forEach((place, position) => {
    if (place < 0) return;
    const [sum, row] = [place * dimension, position * dimension];
    for (let at = 0; at < dimension; at += 1) {
      means[sum + at] = (means[sum + at] ?? 0) + (rows[row + at] ?? 0);
    }
  });
  for (let start = 0; start < means.length; start += dimension) {
    const mean = means.subarray(start, start + dimension);
    const length = Math.sqrt(mean.reduce((sum, number) => sum + number * number, 0));
    if (length > 0) mean.forEach((number, at) => (mean[at] = number / length));
  }
  return means;
}

interface Exception {
  readonly position: number;
  /** Of its own label. */
  readonly share: number;
}

/** The labelled rows that are nearer to the mean of another label. */
function exceptionsOf(
  tf: TensorFlow,
  rows: Float32Array,
  dimension: number,
  places: Int32Array,
  means: Float32Array,
): Exception[] {
  const labelCount = means.length / dimension;
  const exceptions: Exception[] = [];
  for (let start = 0; start < places.length; start += ROWS_AT_A_TIME) {
    const own = places.subarray(start, start + ROWS_AT_A_TIME);
    const block = rows.subarray(start * dimension, (start + own.length) * dimension);
    const shares = tf.tidy(() =>
      labelShares(
        tf,
        tf.tensor2d(block, [own.length, dimension]),
        tf.tensor2d(means, [labelCount, dimension]),
      ).dataSync<'float32'>(),
    );
    own.forEach((place, at) => {
      if (place < 0) return;
      const all = shares.subarray(at * labelCount, (at + 1) * labelCount);
      const share = all[place] ?? 0;
      if (all.some((other) => other > share)) exceptions.push({ position: start + at, share });
    });
  }
  return exceptions;
}

/** The nearer to an exception another picture lies that does not bear its label, the less is as good as it. */
function widthsOf(
  tf: TensorFlow,
  exceptions: Float32Array,
  labels: Float32Array,
  rows: Float32Array,
  places: Int32Array,
  dimension: number,
): Float32Array {
  const count = labels.length;
  let nearest: Float32Array = new Float32Array(count).fill(-1);
  const atATime = Math.max(1, Math.floor(COSINES_AT_A_TIME / Math.max(1, count)));
  for (let start = 0; count > 0 && start < places.length; start += atATime) {
    const own = places.subarray(start, start + atATime);
    const block = rows.subarray(start * dimension, (start + own.length) * dimension);
    nearest = tf.tidy(() => {
      const cosines = tf.matMul<Tensor2D>(
        tf.tensor2d(exceptions, [count, dimension]),
        tf.tensor2d(block, [own.length, dimension]),
        ...([false, true] as const),
      );
      const isOfLabel = tf.equal(
        tf.tensor2d(labels, [count, 1]),
        tf.tensor1d(Float32Array.from(own)),
      );
      const others = tf.max(tf.where(isOfLabel, -1, cosines), 1);
      return tf.maximum(others, tf.tensor1d(nearest)).dataSync<'float32'>();
    });
  }
  return nearest.map((cosine) =>
    Math.min(WIDEST, Math.max(NARROWEST, (1 - cosine) * SHARE_OF_DISTANCE)),
  );
}
