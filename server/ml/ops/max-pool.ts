import type { Tensor4D, TensorFlow } from '../tf.js';
import { relu } from './relu.js';

/**
 * 2x2 max pooling with stride 2 (an odd last row or column is a window of its own), then ReLU.
 *
 * Identity: relu(max(x...)) = max(relu(x)...), since ReLU never swaps the order of two numbers. So
 * the tutorial's ReLU-then-pool is the same function, and ReLU sees a quarter of the numbers.
 * @param x [count, height, width, channels]
 * @returns [count, ceil(height / 2), ceil(width / 2), channels]
 */
export function maxPoolThenRelu(tf: TensorFlow, x: Tensor4D): Tensor4D {
  return relu(tf, tf.maxPool(x, 2, 2, 'same'));
}
