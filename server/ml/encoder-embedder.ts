import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import { mirroredPictures } from './augmentation.js';
import type { Embedder } from './embedder.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';
import { EncoderKernels } from './encoder-kernels.js';
import { pictureTensor } from './picture-batch.js';
import { storedTensor } from './stored-parameters.js';
import type { Tensor1D, Tensor2D, TensorFlow } from './tf.js';
import type { NamedTensor, WeightsFile } from './weights-file.js';

export interface EncoderWeights {
  /** [parameterCount] */
  readonly parameters: Float32Array;
  /** [momentCount] */
  readonly moments: Float32Array;
}

/**
 * An encoder. An embedding is the direction of the sum of two: that of the picture and that of its mirror
 * image, so that both lie at one place.
 */
export class EncoderEmbedder implements Embedder {
  private readonly kernels: EncoderKernels;
  private readonly parameters: Tensor1D;
  private readonly moments: Tensor1D;

  constructor(
    private readonly tf: TensorFlow,
    private readonly blueprint: EncoderBlueprint,
    private readonly weights: EncoderWeights,
  ) {
    this.kernels = new EncoderKernels(tf, blueprint);
    this.parameters = tf.tensor1d(weights.parameters);
    this.moments = tf.tensor1d(weights.moments);
  }

  get dimension(): number {
    return this.blueprint.dimension;
  }

  get layers(): readonly Layer[] {
    return this.blueprint.layers;
  }

  embeddings(pictures: PictureBatch): Tensor2D {
    const { tf, blueprint } = this;
    const { count, pixels } = pictures;
    // Side by side in one batch: the kernels are made ready once, and few pictures fill a block sooner.
    const both = new Uint8Array(2 * pixels.length);
    both.set(pixels);
    both.set(mirroredPictures(blueprint.input, pixels), pixels.length);
    const directions = this.directions({ count: 2 * count, pixels: both });
    const seen = tf.slice(directions, 0, count);
    return this.atLengthOne(tf.add<Tensor2D>(seen, tf.slice(directions, count)));
  }

  stored(): NamedTensor[] {
    return Object.entries(this.weights).map(([name, values]: [string, Float32Array]) => ({
      name,
      shape: [values.length],
      values,
    }));
  }

  dispose(): void {
    this.tf.dispose([this.parameters, this.moments]);
  }

  private directions(batch: PictureBatch): Tensor2D {
    const pictures = pictureTensor(this.tf, this.blueprint.input, batch);
    return this.atLengthOne(this.kernels.embed(this.parameters, this.moments, pictures));
  }

  private atLengthOne(rows: Tensor2D): Tensor2D {
    return this.tf.divNoNan<Tensor2D>(rows, this.tf.norm(rows, 2, 1, true));
  }
}

/** @throws LookalikeError CHECKPOINT_CORRUPT */
export function storedEncoder(
  file: WeightsFile,
  { parameterCount, momentCount }: EncoderBlueprint,
): EncoderWeights {
  return {
    parameters: storedTensor(file, 'parameters', [parameterCount]),
    moments: storedTensor(file, 'moments', [momentCount]),
  };
}
