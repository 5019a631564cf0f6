import type { InputSpec, Layer } from '../../domain/model.js';

/** One trained tensor of a network. */
export interface ParameterSpec {
  readonly name: string;
  /** A convolution's kernel: [height, width, inputChannels, outputChannels]. */
  readonly shape: readonly [number, number, number, number];
}

/**
 * Nearest-neighbour upsampling to these sides, where the input has others: output row i shows input
 * row floor(i * inputHeight / height). Then a 3x3 'same' convolution without bias, ReLU, and 2x2 max
 * pooling with stride 2, where an odd last row or column is a window of its own.
 */
export interface Convolution {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly relu: boolean;
  readonly pooled: boolean;
}

/**
 * What an architecture is for one input size: convolutions, one after the other, from pictures to the
 * logits of the same pictures. Pictures are [count, height, width, channels] from 0 to 1; training
 * makes small the mean sigmoid cross-entropy between the two.
 */
export interface Blueprint {
  readonly input: InputSpec;
  readonly convolutions: readonly Convolution[];
  /** How many of them make the embedding; its numbers are their [height, width, channels] in a row. */
  readonly encoderLength: number;
  /** The network as one reads about it. */
  readonly layers: readonly Layer[];
  /** The kernels, in the order of the convolutions. */
  readonly parameters: readonly ParameterSpec[];
  readonly latentSize: number;
}

const KERNEL_SIZE = 3;

/** The kernels of convolutions. */
export function kernelsOf(convolutions: readonly Convolution[]): readonly ParameterSpec[] {
  return convolutions.map(({ name, inputs, outputs }) => ({
    name,
    shape: [KERNEL_SIZE, KERNEL_SIZE, inputs, outputs],
  }));
}

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
