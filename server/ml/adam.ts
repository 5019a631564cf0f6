import { runKernel } from './tf.js';
import type { KernelAttribute, Tensor1D, TensorFlow } from './tf.js';

const BETA1 = 0.9;
const BETA2 = 0.999;
/** TensorFlow 1's value, which the tutorial ran with; it is added to the root of the raw moment. */
const EPSILON = 1e-8;

const ATTRIBUTES: readonly KernelAttribute[] = [
  { name: 'gain1', type: 'FLOAT', value: 1 - BETA1 },
  { name: 'gain2', type: 'FLOAT', value: 1 - BETA2 },
  { name: 'epsilon', type: 'FLOAT', value: EPSILON },
];

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
 *
 * Identity: beta m + (1 - beta) g = m + gain (g - m), with the gain 1 - beta. One pass over the vectors,
 * by `native/adam.cc`: a dozen operations of tfjs take longer to call than to compute.
 * @returns new tensors; those of `state` stay
 */
export function adamUpdate(
  tf: TensorFlow,
  state: AdamState,
  gradient: Tensor1D,
  learningRate: number,
): AdamState {
  const step = state.step + 1;
  const rate = tf.scalar((learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step));
  const inputs = [state.parameters, state.firstMoment, state.secondMoment, gradient, rate];
  const [parameters, firstMoment, secondMoment] = runKernel(
    tf,
    'LookalikeAdam',
    ATTRIBUTES,
    inputs,
    3,
  ) as [Tensor1D, Tensor1D, Tensor1D];
  rate.dispose();
  return { step, parameters, firstMoment, secondMoment };
}

/** Frees the tensors of a state. */
export function disposeAdamState(state: AdamState): void {
  state.parameters.dispose();
  state.firstMoment.dispose();
  state.secondMoment.dispose();
}
