import type { Tensor, Tensor2D, Tensor4D, TensorFlow } from '../tf.js';
import { differentiable } from './differentiable.js';
import { kernelOfBlocks } from './phase-kernels.js';

/** The 2x2 window over blocks, in reading order. */
const WINDOW = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/**
 * A 3x3 convolution of a picture in blocks to few channels; see `kernelOfBlocks`.
 *
 * Identity: sum over the window of (window's pixels times its weights) = sum over the window of
 * (all pixels times its weights), shifted. So one matrix product takes every block through the
 * weights of all four places at once, and what is shifted and added are four small pictures:
 * convolutions to fewer channels than a vector register is wide leave most of it idle.
 * @param blocks of the framed picture, [count, height + 1, width + 1, 4 inputs]
 * @param kernel [3, 3, inputs, outputs]
 * @returns the blocks of the result, [count, height, width, 4 outputs], without a frame
 */
export function blockConvolution(tf: TensorFlow, blocks: Tensor4D, kernel: Tensor4D): Tensor4D {
  const [count, height, width, inputs] = blocks.shape;
  const weights = kernelOfBlocks(tf, kernel);
  const outputs = weights.shape[3];
  // [2, 2, inputs, outputs] to [inputs, 4 outputs]: side by side what one block is multiplied with.
  const matrix: Tensor2D = weights
    .reshape([WINDOW.length, inputs, outputs])
    .transpose([1, 0, 2])
    .reshape([inputs, WINDOW.length * outputs]);
  const rows: Tensor2D = blocks.reshape([count * height * width, inputs]);
  const products: Tensor4D = tf.matMul(rows, matrix).reshape([count, height, width, -1]);
  return shiftedSum(tf, products, outputs);
}

/**
 * The four parts of the channels, each cut as its place in the window says, added up.
 * @param products [count, height + 1, width + 1, 4 outputs]
 */
function shiftedSum(tf: TensorFlow, products: Tensor4D, outputs: number): Tensor4D {
  const [count, height, width] = products.shape;
  const size: [number, number, number, number] = [count, height - 1, width - 1, outputs];
  return differentiable<Tensor4D>(tf, [products], {
    forward: () => ({
      value: tf.addN(
        WINDOW.map(([y, x], place) => tf.slice(products, [0, y, x, place * outputs], size)),
      ),
      saved: [],
    }),
    backward: (dy) => [
      tf.concat(
        WINDOW.map(([y, x]): Tensor => {
          return tf.pad(dy, [
            [0, 0],
            [y, 1 - y],
            [x, 1 - x],
            [0, 0],
          ]);
        }),
        3,
      ),
    ],
  });
}
