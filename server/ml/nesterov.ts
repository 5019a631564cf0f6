import type { Tensor1D, TensorFlow } from './tf.js';

const MOMENTUM = 0.9;

/** Parameters under optimisation with what they are moving at; both vectors are of one length. */
export interface NesterovState {
  readonly parameters: Tensor1D;
  readonly velocity: Tensor1D;
}

/**
 * One update of stochastic gradient descent with Nesterov's momentum (Sutskever et al.: On the importance
 * of initialization and momentum in deep learning, ICML 2013) and weight decay.
 * @param decay of each parameter
 * @returns new tensors; those of `state` stay
 */
export function nesterovUpdate(
  tf: TensorFlow,
  { parameters, velocity }: NesterovState,
  gradient: Tensor1D,
  decay: Tensor1D,
  learningRate: number,
): NesterovState {
  return tf.tidy(() => {
    const slope = tf.add(gradient, tf.mul(parameters, decay));
    const next = tf.add<Tensor1D>(tf.mul(velocity, MOMENTUM), slope);
    const step = tf.mul(tf.add(slope, tf.mul(next, MOMENTUM)), learningRate);
    return { parameters: tf.sub<Tensor1D>(parameters, step), velocity: next };
  });
}
