import type { Layer } from '../../domain/model.js';
import type { Scalar, Tensor2D, Tensor4D, TensorFlow } from '../tf.js';

/** One trained tensor of a network. */
export interface ParameterSpec {
  readonly name: string;
  /** A convolution's kernel: [height, width, inputChannels, outputChannels]. */
  readonly shape: readonly [number, number, number, number];
}

export interface CodeAndLogits {
  readonly code: Tensor2D;
  readonly logits: Tensor4D;
}

/** The value of a parameter, by its name. */
export type Parameters = (name: string) => Tensor4D;

/**
 * What an architecture is for one input size: its layers, its parameters and its pure functions.
 * Pictures are float32 [count, height, width, channels] from 0 to 1.
 */
export interface Blueprint {
  readonly layers: readonly Layer[];
  readonly parameters: readonly ParameterSpec[];
  readonly latentSize: number;
  /** @returns the embeddings, [count, latentSize] */
  encode(tf: TensorFlow, parameters: Parameters, pictures: Tensor4D): Tensor2D;
  /** @returns the logits of the redrawn pixels, in the pictures' shape */
  logits(tf: TensorFlow, parameters: Parameters, pictures: Tensor4D): Tensor4D;
  /** @returns what `encode` and `logits` do, of one pass */
  encodeAndRedraw(tf: TensorFlow, parameters: Parameters, pictures: Tensor4D): CodeAndLogits;
  /** @returns what training makes small, the mean over the pictures */
  loss(tf: TensorFlow, parameters: Parameters, pictures: Tensor4D): Scalar;
}

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
