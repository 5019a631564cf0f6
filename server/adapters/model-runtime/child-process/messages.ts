import { LookalikeError, reasonOf, type ErrorCode } from '../../../domain/errors.js';
import type { AugmentationRuntime } from '../../../ports/augmentation.js';
import type { BulkRuntime, ModelRuntime, RunnableModel } from '../../../ports/model-runtime.js';

/** All that an embedding process can be asked for. */
export type Runtimes = ModelRuntime & BulkRuntime & AugmentationRuntime;
export type Method = keyof Runtimes;

/** A call of one of the ports' methods, on its way to the embedding process. */
export type Call = {
  [Name in Method]: {
    readonly call: number;
    readonly method: Name;
    readonly parameters: Parameters<Runtimes[Name]>;
  };
}[Method];

/** A model without what running it does not need: its statistics alone are longer than a picture. */
export function asSent(model: RunnableModel): RunnableModel {
  const { id, architecture, hyperparameters, input, latentSize, weightsBlobId } = model;
  return { id, architecture, hyperparameters, input, latentSize, weightsBlobId };
}

/** What came of it, on the way back. */
export type Answer =
  | { readonly call: number; readonly value: unknown }
  | { readonly call: number; readonly error: { code: ErrorCode; message: string } };

export function errorOf(thrown: unknown): { code: ErrorCode; message: string } {
  const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
  return { code, message: reasonOf(thrown) };
}

/** From the trainer: the rows of a run have changed. To the trainer: stop at the next step. */
export type TrainerMessage = { readonly runChanged: number };
export const STOP = 'stop';
/** On a trainer's command line: it draws maps, beside the one that works off the runs. */
export const MAPS = 'maps';
