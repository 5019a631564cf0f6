import { adamUpdate } from './adam.js';
import type { AdamState } from './adam.js';
import type { Blueprint } from './architectures/blueprint.js';
import { parametersFrom } from './parameters.js';
import type { Scalar, Tensor, Tensor1D, Tensor4D, TensorFlow } from './tf.js';

export interface TrainingStep {
  /** Of the batch, before the update. Left in TensorFlow: reading it would wait for it. */
  readonly loss: Scalar;
  readonly state: AdamState;
}

/** A part of a batch that is computed at a time. */
export interface BatchPart {
  /** Of the batch's pictures; the shares of a batch add up to 1. */
  readonly share: number;
  /** Makes the pictures, [count, height, width, channels]; they are freed after use. */
  pictures(): Tensor4D;
}

/**
 * One step of gradient descent on one batch. The gradient of a mean is the mean of the parts'
 * gradients, so a batch in parts makes the same step in less memory.
 * @returns new tensors; those of `state` stay
 */
export function trainingStep(
  tf: TensorFlow,
  blueprint: Blueprint,
  state: AdamState,
  parts: readonly BatchPart[],
  learningRate: number,
): TrainingStep {
  const { loss, step, ...tensors } = tf.tidy(() => {
    const results = parts.map((part) => partOfGradient(tf, blueprint, state.parameters, part));
    const gradient = tf.addN(results.map((result) => result.gradient));
    const next = adamUpdate(tf, state, gradient, learningRate);
    return { loss: tf.addN(results.map((result) => result.loss)), ...next };
  });
  return { loss, state: { step, ...tensors } };
}

function partOfGradient(
  tf: TensorFlow,
  blueprint: Blueprint,
  parameters: Tensor1D,
  part: BatchPart,
): { readonly loss: Scalar; readonly gradient: Tensor1D } {
  return tf.tidy(() => {
    const pictures = part.pictures();
    const lossOf = tf.valueAndGrad((flat: Tensor) =>
      blueprint.loss(tf, parametersFrom(tf, blueprint.parameters, flat as Tensor1D), pictures),
    );
    const { value, grad } = lossOf(parameters);
    return {
      loss: tf.mul<Scalar>(value, part.share),
      gradient: tf.mul<Tensor1D>(grad, part.share),
    };
  });
}
