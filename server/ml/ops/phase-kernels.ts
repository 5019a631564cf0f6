import type { Tensor, Tensor2D, Tensor4D, TensorFlow } from '../tf.js';

/*
 * A 3x3 convolution over a picture is a 2x2 convolution over its 2x2 blocks, with other kernels.
 * Both maps below are linear: a small constant matrix times the nine taps of the 3x3 kernel, so
 * tfjs knows their gradients, and the 3x3 kernel stays the parameter that is learned.
 */

const TAPS = 3;

/** [phaseY, phaseX, blockY, blockX, withinY, withinX] by [tapY, tapX] */
const SHIFTS = selection(
  3,
  ([phase = 0, block = 0, within = 0], tap) => 2 * block + within === phase + tap,
);

/** [phaseY, phaseX, rowY, rowX] by [tapY, tapX] */
const MERGES = selection(2, ([phase = 0, row = 0], tap) => Math.floor((phase + tap) / 2) === row);

/**
 * Over the blocks of a framed picture, the 2x2 window at block b holds the framed rows 2b to 2b + 3,
 * and output pixel 2b + phase needs the rows 2b + phase to 2b + phase + 2: the 3x3 kernel, shifted by
 * the phase, among zeros.
 * @param kernel [3, 3, inputs, outputs]
 * @returns [2, 2, 4 inputs, 4 outputs]: the blocks of a framed picture to blocks
 */
export function kernelOfBlocks(tf: TensorFlow, kernel: Tensor4D): Tensor4D {
  const [, , inputs, outputs] = kernel.shape;
  return mapTaps(tf, kernel, SHIFTS)
    .reshape([4, 16, inputs, outputs])
    .transpose([1, 2, 0, 3])
    .reshape([2, 2, 4 * inputs, 4 * outputs]);
}

/**
 * The kernel that first doubles each side by nearest-neighbour upsampling. The output is the framed
 * picture in blocks: block b holds the output rows 2b - 1 and 2b. They see the upsampled rows
 * 2b - 2 to 2b + 1, which are only two rows of the input, b - 1 and b, that is b and b + 1 when it
 * is framed; taps that meet in one row are added up.
 * @param kernel [3, 3, inputs, outputs]
 * @returns [2, 2, inputs, 4 outputs]: a framed picture to the blocks of a framed one
 */
export function kernelOfUpsampled(tf: TensorFlow, kernel: Tensor4D): Tensor4D {
  const [, , inputs, outputs] = kernel.shape;
  return mapTaps(tf, kernel, MERGES)
    .reshape([4, 4, inputs, outputs])
    .transpose([1, 2, 0, 3])
    .reshape([2, 2, inputs, 4 * outputs]);
}

/** The matrix times the nine taps: [rows, inputs * outputs]. */
function mapTaps(tf: TensorFlow, kernel: Tensor4D, matrix: Float32Array): Tensor {
  const [height, width, inputs, outputs] = kernel.shape;
  const taps: Tensor2D = kernel.reshape([height * width, inputs * outputs]);
  return tf.matMul(tf.tensor2d(matrix, [matrix.length / (height * width), height * width]), taps);
}

/** A matrix of zeros and ones over [rows] by [tapY, tapX], from what holds for each axis alone. */
function selection(
  pairs: number,
  holds: (bits: readonly number[], tap: number) => boolean,
): Float32Array {
  const rows = Array.from({ length: 4 ** pairs }, (_, row) => {
    const bit = (place: number) => (row >> (2 * pairs - 1 - place)) & 1;
    const ofAxis = (axis: number) =>
      Array.from({ length: pairs }, (__, pair) => bit(2 * pair + axis));
    const [y, x] = [ofAxis(0), ofAxis(1)];
    return Array.from({ length: TAPS * TAPS }, (__, tap) =>
      holds(y, Math.floor(tap / TAPS)) && holds(x, tap % TAPS) ? 1 : 0,
    );
  });
  return Float32Array.from(rows.flat());
}
