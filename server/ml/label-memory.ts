import { storedTensor, storedVector } from './stored-parameters.js';
import type { Tensor1D, Tensor2D, TensorFlow } from './tf.js';
import { corrupt } from './weights-file.js';
import type { NamedTensor, WeightsFile } from './weights-file.js';

/** What cosines to the means of labels are multiplied with before softmax: most pictures are of one label. */
const SURENESS = 24;

/** What is kept of the labels of the pictures that were learned from. */
export interface LabelMemory {
  /** [labels, dimension]: the direction in which the pictures of each lie on average. */
  readonly means: Float32Array;
  /** [exceptions, dimension]: embeddings that lie nearest to the mean of another label than their own. */
  readonly exceptions: Float32Array;
  /** [exceptions]: the place of the label that each bears. */
  readonly labels: Float32Array;
  /** [exceptions]: how much less than 1 the cosine to each may be, until e times less of it is taken over. */
  readonly widths: Float32Array;
}

type Exceptions = {
  /** [exceptions, dimension] */
  readonly at: Tensor2D;
  /** [exceptions] */
  readonly widths: Tensor1D;
  /** [exceptions, dimension] */
  readonly moves: Tensor2D;
};

/** Moves embeddings to the labels that they are taken to be of. */
export class LabelRecall {
  private readonly means: Tensor2D;
  /** Null where there are none. */
  private readonly exceptions: Exceptions | null;

  constructor(
    private readonly tf: TensorFlow,
    readonly memory: LabelMemory,
    private readonly dimension: number,
  ) {
    this.means = tf.tensor2d(memory.means, [memory.means.length / dimension, dimension]);
    this.exceptions = memory.labels.length === 0 ? null : tf.tidy(() => this.exceptionsOf(memory));
  }

  get parameterCount(): number {
    return this.stored().reduce((sum, { values }) => sum + values.length, 0);
  }

  /**
   * The means of the labels, as far as each is that of a row by its nearness to them (Snell et al.:
   * Prototypical Networks, arXiv:1703.05175). What is as good as an exception goes where that belongs:
   * the error that is left there is interpolated, as in kriging of residuals, and by a key-value memory as in
   * Zhang et al.: Tip-Adapter, arXiv:2111.03930. Elsewhere it adds nothing.
   * @param rows [count, dimension], each of length one; to be called in a tidy of the caller's
   * @returns [count, dimension]
   */
  labelsOf(rows: Tensor2D): Tensor2D {
    const { tf, exceptions } = this;
    const byMeans = tf.matMul<Tensor2D>(this.sharesOf(rows), this.means);
    if (!exceptions) return byMeans;
    const cosines = tf.matMul<Tensor2D>(rows, exceptions.at, false, true);
    const alike = tf.exp(tf.div(tf.sub(tf.minimum(cosines, 1), 1), exceptions.widths));
    const weights = tf.div<Tensor2D>(alike, tf.maximum(tf.sum(alike, 1, true), 1));
    return tf.add(byMeans, tf.matMul<Tensor2D>(weights, exceptions.moves));
  }

  stored(): NamedTensor[] {
    const { means, exceptions, labels, widths } = this.memory;
    const rows = (values: Float32Array) => [values.length / this.dimension, this.dimension];
    return [
      { name: 'labels/means', shape: rows(means), values: means },
      { name: 'labels/exceptions', shape: rows(exceptions), values: exceptions },
      { name: 'labels/of-exceptions', shape: [labels.length], values: labels },
      { name: 'labels/widths', shape: [widths.length], values: widths },
    ];
  }

  dispose(): void {
    const { means, exceptions } = this;
    this.tf.dispose([means, ...(exceptions ? Object.values(exceptions) : [])]);
  }

  private sharesOf(rows: Tensor2D): Tensor2D {
    return labelShares(this.tf, rows, this.means);
  }

  /** With what takes each from where its nearness to the means has it to where it belongs. */
  private exceptionsOf({ exceptions, labels, widths }: LabelMemory): Exceptions {
    const { tf, means, dimension } = this;
    const at = tf.tensor2d(exceptions, [labels.length, dimension]);
    const own = tf.gather<Tensor2D>(means, tf.tensor1d(Int32Array.from(labels), 'int32'));
    const moves = tf.sub<Tensor2D>(own, tf.matMul(this.sharesOf(at), means));
    return { at, widths: tf.tensor1d(widths), moves };
  }
}

/** @throws LookalikeError CHECKPOINT_CORRUPT @returns null where the file has none */
export function storedLabelMemory(file: WeightsFile, dimension: number): LabelMemory | null {
  if (!file.tensors.some(({ name }) => name === 'labels/means')) return null;
  const means = storedVector(file, 'labels/means');
  const labels = storedVector(file, 'labels/of-exceptions');
  const labelCount = means.length / dimension;
  if (labelCount < 2) throw corrupt('of labels there are fewer than two');
  const isKnown = (label: number) => Number.isInteger(label) && label >= 0 && label < labelCount;
  if (!labels.every(isKnown)) throw corrupt('an exception bears a label that there is not');
  const widths = storedTensor(file, 'labels/widths', [labels.length]);
  if (!widths.every((width) => width > 0)) throw corrupt('an exception has no width');
  return {
    means: storedTensor(file, 'labels/means', [labelCount, dimension]),
    exceptions: storedTensor(file, 'labels/exceptions', [labels.length, dimension]),
    labels,
    widths,
  };
}

/**
 * How far each row is of each label, by its nearness to their means, which add up to one.
 * @returns [count, labels]
 */
export function labelShares(tf: TensorFlow, rows: Tensor2D, means: Tensor2D): Tensor2D {
  return tf.softmax(tf.mul<Tensor2D>(tf.matMul<Tensor2D>(rows, means, false, true), SURENESS));
}
