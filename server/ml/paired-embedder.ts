import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Embedder } from './embedder.js';
import { storedProjection } from './projection-embedder.js';
import type { Projection } from './projection-embedder.js';
import type { Tensor1D, Tensor2D, TensorFlow } from './tf.js';
import type { NamedTensor, WeightsFile } from './weights-file.js';

/** What the second embedder weighs beside the first. */
const SECOND = 0.8;
/** The name of an encoder's pair with what it is trained beside. */
const PAIR = 'pair';

/** Two embedders whose embeddings lie behind one another. */
export class Pair {
  constructor(
    private readonly tf: TensorFlow,
    private readonly first: Embedder,
    private readonly second: Embedder,
  ) {}

  /** Numbers of both. */
  get width(): number {
    return this.first.dimension + this.second.dimension;
  }

  get layers(): readonly Layer[] {
    return [...this.first.layers, ...this.second.layers];
  }

  /** @returns [count, width]; to be called in a tidy of the caller's */
  rows(pictures: PictureBatch): Tensor2D {
    const weighed = this.tf.mul<Tensor2D>(this.second.embeddings(pictures), SECOND);
    return this.tf.concat([this.first.embeddings(pictures), weighed], 1);
  }

  stored(): NamedTensor[] {
    return [...this.first.stored(), ...this.second.stored()];
  }

  dispose(): void {
    this.first.dispose();
    this.second.dispose();
  }
}

/**
 * Two embedders, whose embeddings together are projected on their principal components. They err on
 * different pictures, so that both together err on fewer than either.
 */
export class PairedEmbedder implements Embedder {
  private readonly mean: Tensor1D;
  private readonly components: Tensor2D;

  /**
   * @param reduction [numbers of both, dimension]
   * @param name of its layer, and what its names in a file begin with
   */
  constructor(
    private readonly tf: TensorFlow,
    private readonly pair: Pair,
    readonly dimension: number,
    private readonly reduction: Projection,
    private readonly name = PAIR,
  ) {
    this.mean = tf.tensor1d(reduction.mean);
    this.components = tf.tensor2d(reduction.components, [reduction.mean.length, dimension]);
  }

  get layers(): readonly Layer[] {
    const { mean, components } = this.reduction;
    return [
      ...this.pair.layers,
      {
        name: this.name,
        part: 'ENCODER',
        kind: 'Principal components of both',
        outputShape: [this.dimension],
        parameterCount: mean.length + components.length,
      },
    ];
  }

  embeddings(pictures: PictureBatch): Tensor2D {
    return this.reduced(this.pair.rows(pictures));
  }

  /** Of what both make of pictures, see `Pair.rows`. @returns [count, dimension], each of length one */
  reduced(rows: Tensor2D): Tensor2D {
    const { tf } = this;
    const along = tf.matMul(tf.sub(rows, this.mean), this.components);
    return tf.divNoNan<Tensor2D>(along, tf.norm(along, 2, 1, true));
  }

  stored(): NamedTensor[] {
    const { mean, components } = this.reduction;
    return [
      ...this.pair.stored(),
      { name: `${this.name}/mean`, shape: this.mean.shape, values: mean },
      { name: `${this.name}/components`, shape: this.components.shape, values: components },
    ];
  }

  dispose(): void {
    this.pair.dispose();
    this.tf.dispose([this.mean, this.components]);
  }
}

/** @param length numbers of both @throws LookalikeError CHECKPOINT_CORRUPT */
export function storedReduction(
  file: WeightsFile,
  length: number,
  dimension: number,
  name = PAIR,
): Projection {
  return storedProjection(file, { length }, dimension, `${name}/`);
}
