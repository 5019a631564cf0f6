import type { Scalar, Tensor, TensorFlow } from '../tf.js';
import { differentiable } from './differentiable.js';

/**
 * Mean sigmoid cross-entropy between logits and targets of one shape, in nats per element.
 *
 * Identity: -z log s(x) - (1 - z) log(1 - s(x)) = softplus(x) - x z, where s is the sigmoid; its
 * gradient in x is s(x) - z. `Softplus` does not overflow, so neither does this.
 * The targets are data: they have no gradient.
 */
export function meanSigmoidCrossEntropy(tf: TensorFlow, logits: Tensor, targets: Tensor): Scalar {
  return differentiable<Scalar>(tf, [logits], {
    forward: () => ({
      value: tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, targets))),
      saved: [logits, targets],
    }),
    backward: (dy, [x, z]) =>
      x && z ? [tf.mul(tf.sub(tf.sigmoid(x), z), tf.div(dy, x.size))] : [],
  });
}
