import type { TrainingSet } from '../ports/networks.js';
import { sumsOfGroups } from './clusters.js';
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
/** Rows that are compared together, at most. */
const ROWS_AT_A_TIME = 4096;
/** Cosines that are computed together: 8 MiB of float32, and as much three times more to choose among them. */
const COSINES_AT_A_TIME = 2 * 1024 * 1024;

/**
 * What to keep of the labels of pictures; null where they have fewer than two. `onTurn` is awaited after every
 * some million comparisons.
 * @param rows [pictures, dimension], the embeddings, each of length one
 */
export async function labelMemoryOf(
  tf: TensorFlow,
  set: TrainingSet,
  rows: Float32Array,
  dimension: number,
  onTurn: () => Promise<void>,
): Promise<LabelMemory | null> {
  const { names, places } = labelPlaces(set);
  if (names.length < 2) return null;
  const means = meansOf(rows, dimension, places, names.length);
  const comparison = new RowComparison(tf, rows, dimension, places, onTurn);
  const kept = (await comparison.exceptions(means))
    .toSorted((one, other) => one.share - other.share)
    .slice(0, MOST_EXCEPTIONS)
    .toSorted((one, other) => one.position - other.position);
  const exceptions = new Float32Array(kept.length * dimension);
  kept.forEach(({ position }, at) => {
    exceptions.set(rows.subarray(position * dimension, (position + 1) * dimension), at * dimension);
  });
  const labels = Float32Array.from(kept, ({ position }) => places[position] ?? 0);
  return { means, exceptions, labels, widths: await comparison.widths(exceptions, labels) };
}

interface Exception {
  readonly position: number;
  /** Of its own label. */
  readonly share: number;
}

/** Compares the embeddings of pictures with a few others, block by block. */
class RowComparison {
  /**
   * @param rows [count, dimension]
   * @param places [count] of their labels, or -1
   */
  constructor(
    private readonly tf: TensorFlow,
    private readonly rows: Float32Array,
    private readonly dimension: number,
    private readonly places: Int32Array,
    private readonly onTurn: () => Promise<void>,
  ) {}

  /** The labelled rows that are nearer to the mean of another label. @param means [labels, dimension] */
  async exceptions(means: Float32Array): Promise<Exception[]> {
    const labelCount = means.length / this.dimension;
    const exceptions: Exception[] = [];
    await this.withEachBlock(means, (block, others, places, start) => {
      const shares = labelShares(this.tf, block, others).dataSync<'float32'>();
      places.forEach((place, at) => {
        if (place < 0) return;
        const all = shares.subarray(at * labelCount, (at + 1) * labelCount);
        const share = all[place] ?? 0;
        if (all.some((other) => other > share)) exceptions.push({ position: start + at, share });
      });
    });
    return exceptions;
  }

  /** The nearer to an exception a row lies that does not bear its label, the less is as good as it. */
  async widths(exceptions: Float32Array, labels: Float32Array): Promise<Float32Array> {
    const { tf } = this;
    let nearest: Float32Array = new Float32Array(labels.length).fill(-1);
    await this.withEachBlock(exceptions, (block, others, places) => {
      const cosines = tf.matMul<Tensor2D>(others, block, false, true);
      const bearsIt = tf.equal(
        tf.tensor2d(labels, [labels.length, 1]),
        tf.tensor1d(Float32Array.from(places)),
      );
      const unlike = tf.max(tf.where(bearsIt, -1, cosines), 1);
      nearest = tf.maximum(unlike, tf.tensor1d(nearest)).dataSync<'float32'>();
    });
    return nearest.map((cosine) =>
      Math.min(WIDEST, Math.max(NARROWEST, (1 - cosine) * SHARE_OF_DISTANCE)),
    );
  }

  /** Nothing where there is nothing to compare with. @param others [some, dimension] */
  private async withEachBlock(
    others: Float32Array,
    compare: (block: Tensor2D, others: Tensor2D, places: Int32Array, start: number) => void,
  ): Promise<void> {
    const { tf, rows, dimension, places } = this;
    const count = others.length / dimension;
    if (count === 0) return;
    const most = Math.min(ROWS_AT_A_TIME, Math.floor(COSINES_AT_A_TIME / count));
    const atATime = Math.max(1, most);
    const compared = tf.tensor2d(others, [count, dimension]);
    try {
      for (let start = 0; start < places.length; start += atATime) {
        const own = places.subarray(start, start + atATime);
        const block = rows.subarray(start * dimension, (start + own.length) * dimension);
        tf.tidy(() => {
          compare(tf.tensor2d(block, [own.length, dimension]), compared, own, start);
        });
        await this.onTurn();
      }
    } finally {
      compared.dispose();
    }
  }
}

function meansOf(
  rows: Float32Array,
  dimension: number,
  places: Int32Array,
  labelCount: number,
): Float32Array {
  const means = sumsOfGroups(rows, dimension, places, labelCount);
  for (let start = 0; start < means.length; start += dimension) {
    const mean = means.subarray(start, start + dimension);
    const length = Math.sqrt(mean.reduce((sum, number) => sum + number * number, 0));
    if (length > 0) mean.forEach((number, at) => (mean[at] = number / length));
  }
  return means;
}
