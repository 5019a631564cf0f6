import { adamUpdate } from './adam.js';
import type { AdamState } from './adam.js';
import type { NetworkKernels } from './network-kernels.js';
import type { Scalar, Tensor4D, TensorFlow } from './tf.js';

export interface TrainingStep {
  /** Of the batch, before the update. */
  readonly loss: Scalar;
  readonly state: AdamState;
}

/**
 * One step of gradient descent on the pictures at these positions.
 * @param pictures see `pictureTensor`
 * @returns new tensors; those of `state` stay
 */
export function trainingStep(
  tf: TensorFlow,
  kernels: NetworkKernels,
  state: AdamState,
  pictures: Tensor4D,
  positions: Int32Array,
  learningRate: number,
): TrainingStep {
  const batch = tf.tensor1d(positions, 'int32');
  const { loss, gradient } = kernels.lossGradient(state.parameters, pictures, batch);
  const next = adamUpdate(tf, state, gradient, learningRate);
  tf.dispose([batch, gradient]);
  return { loss, state: next };
}
