import type { Tensor1D, TensorFlow } from './tf.js';

const BETA1 = 0.9;
const BETA2 = 0.999;
/** TensorFlow 1's value, which the tutorial ran with; it is added to the root of the raw moment. */
const EPSILON = 1e-8;

/** Parameters under optimisation with the optimiser's memory; all vectors are of one length. */
export interface AdamState {
  /** Updates made so far. */
  readonly step: number;
  readonly parameters: Tensor1D;
  /** Running mean of the gradients. */
  readonly firstMoment: Tensor1D;
  /** Running mean of their squares. */
  readonly secondMoment: Tensor1D;
}

/** The state before the first update. */
export function adamStart(tf: TensorFlow, parameters: Tensor1D): AdamState {
  return {
    step: 0,
    parameters,
    firstMoment: tf.zerosLike(parameters),
    secondMoment: tf.zerosLike(parameters),
  };
}

/**
 * One update of Adam (Kingma, Ba: Adam: A Method for Stochastic Optimization, arXiv:1412.6980) in
 * the paper's efficient order: the bias corrections go into the step size. Our own, because the
 * state of tfjs's optimiser cannot be read without leaking tensors.
 * @returns new tensors; those of `state` stay
 */
export function adamUpdate(
  tf: TensorFlow,
  state: AdamState,
  gradient: Tensor1D,
  learningRate: number,
): AdamState {
  const step = state.step + 1;
  const rate = (learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step);
  const firstMoment = decayed(tf, state.firstMoment, gradient, BETA1);
  const secondMoment = decayed(tf, state.secondMoment, tf.square(gradient), BETA2);
  const direction = tf.div<Tensor1D>(firstMoment, tf.add(tf.sqrt(secondMoment), EPSILON));
  const parameters = tf.sub<Tensor1D>(state.parameters, tf.mul(direction, rate));
  return { step, parameters, firstMoment, secondMoment };
}

/** Frees the tensors of a state. */
export function disposeAdamState(state: AdamState): void {
  state.parameters.dispose();
  state.firstMoment.dispose();
  state.secondMoment.dispose();
}

/** decay mean + (1 - decay) value */
function decayed(tf: TensorFlow, mean: Tensor1D, value: Tensor1D, decay: number): Tensor1D {
  return tf.add(mean, tf.mul(tf.sub(value, mean), 1 - decay));
}
