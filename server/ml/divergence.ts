import { LookalikeError } from '../domain/errors.js';
import type { Scalar } from './tf.js';

/**
 * The loss as a number.
 * @throws LookalikeError TRAINING_DIVERGED
 */
export function finiteLoss(loss: Scalar, epoch: number, learningRate: number): number {
  const value = loss.dataSync<'float32'>()[0] ?? Number.NaN;
  if (Number.isFinite(value)) return value;
  throw diverged(`The loss became ${value}`, epoch, learningRate);
}

export function diverged(what: string, epoch: number, learningRate: number): LookalikeError {
  return new LookalikeError(
    'TRAINING_DIVERGED',
    `${what} in epoch ${epoch}. Start a run with a learning rate smaller than ${learningRate}.`,
  );
}
