import type { Rank, Tensor4D, TensorFlow } from '../tf.js';
import { framed, toBlocks } from './blocks.js';
import { differentiable } from './differentiable.js';
import { kernelOfUpsampled } from './phase-kernels.js';
import { runReluGrad } from './relu.js';

/**
 * Nearest-neighbour upsampling to twice the sides, 3x3 convolution, ReLU.
 *
 * Identity: a row of an upsampled picture is a row of the picture, so a 3x3 window sees only 2x2
 * different pixels: the convolution needs 4/9 of the arithmetic, and no upsampled picture.
 * @param framedX the picture with its frame, [count, height + 2, width + 2, inputs]
 * @param kernel [3, 3, inputs, outputs]
 * @returns the blocks of the framed result, [count, height + 1, width + 1, 4 outputs]
 */
export function upsampledConvolution(
  tf: TensorFlow,
  framedX: Tensor4D,
  kernel: Tensor4D,
): Tensor4D {
  const convolved = tf.conv2d(framedX, kernelOfUpsampled(tf, kernel), 1, 'valid');
  return reluInsideFrame(tf, convolved);
}

/**
 * ReLU, and zero on the frame: what a convolution computes outside of the picture is not what the
 * next one's zero padding means. ReluGrad passes nothing where the value is zero, so the gradient
 * needs no mask.
 * @param x the blocks of a framed picture, [count, height, width, 4 channels]
 */
function reluInsideFrame(tf: TensorFlow, x: Tensor4D): Tensor4D {
  const [, height, width, channels] = x.shape;
  return differentiable<Tensor4D>(tf, [x], {
    forward: () => {
      const inside = tf.ones<Rank.R4>([1, 2 * height - 2, 2 * width - 2, channels / 4]);
      const value = tf.mul<Tensor4D>(tf.relu(x), toBlocks(tf, framed(tf, inside)));
      return { value, saved: [value] };
    },
    backward: (dy, saved) => [runReluGrad(tf, dy, saved)],
  });
}
