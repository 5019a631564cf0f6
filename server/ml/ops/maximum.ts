import type { Tensor, TensorFlow } from '../tf.js';
import { differentiable } from './differentiable.js';

/**
 * The larger of two numbers, element by element; where they are equal the gradient goes to the
 * first, as in TensorFlow's max pooling.
 *
 * Identity: with m = [a >= b], da = m dy and db = dy - da: a third fewer passes than tfjs makes,
 * which compares a second time for db.
 */
export function maximum<T extends Tensor>(tf: TensorFlow, a: T, b: T): T {
  return differentiable<T>(tf, [a, b], {
    forward: () => ({ value: tf.maximum(a, b), saved: [tf.greaterEqual(a, b)] }),
    backward: (dy, [first]) => {
      if (!first) return [];
      const da = tf.mul(dy, tf.cast(first, 'float32'));
      return [da, tf.sub(dy, da)];
    },
  });
}
