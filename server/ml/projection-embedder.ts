import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Embedder } from './embedder.js';
import type { Features } from './features.js';
import type { Covariance } from './principal-components.js';
import { storedTensor } from './stored-parameters.js';
import type { Tensor1D, Tensor2D, TensorFlow } from './tf.js';
import type { NamedTensor, WeightsFile } from './weights-file.js';

/** What makes an embedding of features. */
export interface Projection {
  /** [features] */
  readonly mean: Float32Array;
  /** [features, dimension] */
  readonly components: Float32Array;
}

/** The projection on the principal components of features whose covariance this is. */
export function fittedProjection(
  covariance: Covariance,
  dimension: number,
  whitening: number,
): { readonly projection: Projection; readonly keptShare: number } {
  const { components, keptShare } = covariance.principalComponents(dimension, whitening);
  return { projection: { mean: covariance.mean(), components }, keptShare };
}

/** Projects a picture's features on their principal components. */
export class ProjectionEmbedder implements Embedder {
  private readonly mean: Tensor1D;
  private readonly components: Tensor2D;

  /** @param place what its names in a file, and of its layers, begin with */
  constructor(
    private readonly tf: TensorFlow,
    readonly features: Features,
    readonly dimension: number,
    private readonly projection: Projection,
    private readonly place = '',
  ) {
    this.mean = tf.tensor1d(projection.mean);
    this.components = tf.tensor2d(projection.components, [features.length, dimension]);
  }

  get layers(): readonly Layer[] {
    const { mean, components } = this.projection;
    return [
      ...this.features.layers,
      {
        name: `${this.place}components`,
        part: 'ENCODER',
        kind: 'Principal components',
        outputShape: [this.dimension],
        parameterCount: mean.length + components.length,
      },
    ];
  }

  embeddings(pictures: PictureBatch): Tensor2D {
    const along = this.tf.matMul(this.centred(pictures), this.components);
    return this.tf.divNoNan<Tensor2D>(along, this.tf.norm(along, 2, 1, true));
  }

  /** Sums of squares: what of the features lies along the components, and all of it. */
  kept(pictures: PictureBatch): { readonly kept: number; readonly all: number } {
    const { tf, components } = this;
    const centred = this.centred(pictures);
    // Whitening has changed the components' lengths, which is not to count.
    const along = tf.divNoNan(tf.matMul(centred, components), tf.norm(components, 2, 0));
    return {
      kept: tf.sum(tf.square(along)).dataSync()[0] ?? 0,
      all: tf.sum(tf.square(centred)).dataSync()[0] ?? 0,
    };
  }

  stored(): NamedTensor[] {
    const { mean, components } = this.projection;
    const { place } = this;
    return [
      ...this.features.stored,
      { name: `${place}mean`, shape: this.mean.shape, values: mean },
      { name: `${place}components`, shape: this.components.shape, values: components },
    ];
  }

  dispose(): void {
    this.tf.dispose([this.mean, this.components]);
  }

  private centred(pictures: PictureBatch): Tensor2D {
    const { length } = this.features;
    const rows = this.tf.tensor2d(this.features.extract(pictures), [pictures.count, length]);
    return this.tf.sub<Tensor2D>(rows, this.mean);
  }
}

/** One that has learned nothing yet. */
export function emptyProjection(length: number, dimension: number): Projection {
  return { mean: new Float32Array(length), components: new Float32Array(length * dimension) };
}

/** @throws LookalikeError CHECKPOINT_CORRUPT */
export function storedProjection(
  file: WeightsFile,
  { length }: Pick<Features, 'length'>,
  dimension: number,
  place = '',
): Projection {
  return {
    mean: storedTensor(file, `${place}mean`, [length]),
    components: storedTensor(file, `${place}components`, [length, dimension]),
  };
}
