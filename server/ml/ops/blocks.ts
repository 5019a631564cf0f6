import { FLOAT_TYPE, runKernel } from '../tf.js';
import type { Tensor4D, TensorFlow } from '../tf.js';
import type { KernelAttribute } from '../tf.js';
import { differentiable } from './differentiable.js';

/*
 * A picture of [count, 2h, 2w, c] can be held as its 2x2 blocks, [count, h, w, 4c]: the four pixels
 * of a block behind one another, in the order (0,0) (0,1) (1,0) (1,1), each with its c channels.
 */

const ATTRIBUTES: readonly KernelAttribute[] = [
  FLOAT_TYPE,
  { name: 'block_size', type: 'INT', value: 2 },
  { name: 'data_format', type: 'STRING', value: 'NHWC' },
];

/** The 2x2 blocks of a picture, [count, 2h, 2w, c] to [count, h, w, 4c]. */
export function toBlocks(tf: TensorFlow, x: Tensor4D): Tensor4D {
  return differentiable<Tensor4D>(tf, [x], {
    forward: () => ({ value: spaceToDepth(tf, x), saved: [] }),
    backward: (dy) => [tf.depthToSpace(dy, 2)],
  });
}

/** The picture of these 2x2 blocks, [count, h, w, 4c] to [count, 2h, 2w, c]. */
export function fromBlocks(tf: TensorFlow, x: Tensor4D): Tensor4D {
  return differentiable<Tensor4D>(tf, [x], {
    forward: () => ({ value: tf.depthToSpace(x, 2), saved: [] }),
    backward: (dy) => [spaceToDepth(tf, dy)],
  });
}

/** A frame of zeros, one pixel wide: [count, h, w, c] to [count, h + 2, w + 2, c]. */
export function framed(tf: TensorFlow, x: Tensor4D): Tensor4D {
  return tf.pad(x, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
}

function spaceToDepth(tf: TensorFlow, x: Tensor4D): Tensor4D {
  return runKernel(tf, 'SpaceToDepth', ATTRIBUTES, [x]) as Tensor4D;
}
