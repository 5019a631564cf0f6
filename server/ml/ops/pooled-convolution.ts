import type { Tensor4D, TensorFlow } from '../tf.js';
import { framed, toBlocks } from './blocks.js';
import { maxPoolThenRelu } from './max-pool.js';
import { maximum } from './maximum.js';
import { kernelsOfPhases } from './phase-kernels.js';
import { relu } from './relu.js';

/**
 * 3x3 convolution, 2x2 max pooling, ReLU, without the full-size picture in between.
 *
 * Identity: each pooling window holds one pixel of each phase (even or odd row, even or odd
 * column). Four convolutions give the four phases as tensors of their own, and pooling is their
 * maximum, element by element; TensorFlow's MaxPoolGrad alone costs more than all of that. For
 * training, and few input channels (the kernels are 16/9 as large); without a gradient the plain
 * form is faster. Odd sides take the plain form.
 * @param x [count, height, width, inputs]
 * @param kernel [3, 3, inputs, outputs]
 * @returns [count, height / 2, width / 2, outputs]
 */
export function pooledConvolution(tf: TensorFlow, x: Tensor4D, kernel: Tensor4D): Tensor4D {
  const [, height, width] = x.shape;
  if (height % 2 !== 0 || width % 2 !== 0) {
    return maxPoolThenRelu(tf, tf.conv2d(x, kernel, 1, 'same'));
  }
  const blocks = toBlocks(tf, framed(tf, x));
  const phases = kernelsOfPhases(tf, kernel).map((phase) => tf.conv2d(blocks, phase, 1, 'valid'));
  // In pairs of a row, so that among equals the first in reading order gets the gradient.
  const [a, b, c, d] = phases;
  if (!a || !b || !c || !d) throw new Error('A block has four phases.');
  return relu(tf, maximum(tf, maximum(tf, a, b), maximum(tf, c, d)));
}
