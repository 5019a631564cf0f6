import { adamUpdate } from './adam.js';
import type { AdamState } from './adam.js';
import type { LossGradient } from './loss-gradient.js';
import type { Scalar, Tensor1D, Tensor4D, TensorFlow } from './tf.js';

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
  lossGradient: LossGradient,
  state: AdamState,
  parts: readonly BatchPart[],
  learningRate: number,
): TrainingStep {
  const { loss, step, ...tensors } = tf.tidy(() => {
    const results = parts.map(({ share, pictures }) =>
      tf.tidy(() => {
        const { loss, gradient } = lossGradient(state.parameters, pictures());
        // The tutorial's batch is one part; its share is a pass that can be spared.
        if (share === 1) return { loss, gradient };
        return { loss: tf.mul<Scalar>(loss, share), gradient: tf.mul<Tensor1D>(gradient, share) };
      }),
    );
    const gradient = tf.addN(results.map((result) => result.gradient));
    const next = adamUpdate(tf, state, gradient, learningRate);
    return { loss: tf.addN(results.map((result) => result.loss)), ...next };
  });
  return { loss, state: { step, ...tensors } };
}
