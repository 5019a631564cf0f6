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

/** How some pictures went through a network together. */
export interface BatchNews {
  readonly size: number;
  readonly seconds: number;
}

/** What came of it, on the way back; and what is told besides. */
export type Answer =
  | { readonly batch: BatchNews }
  | { readonly call: number; readonly value: unknown }
  | { readonly call: number; readonly error: { code: ErrorCode; message: string } };

export function errorOf(thrown: unknown): { code: ErrorCode; message: string } {
  const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
  return { code, message: reasonOf(thrown) };
}

/** What a process of TensorFlow holds. */
export interface TensorMemory {
  readonly tensors: number;
  readonly bytes: number;
}

/** From the trainer: the rows of a run have changed, and what it holds. To the trainer: stop at the next step. */
export interface TrainerMessage {
  readonly runChanged: number;
  readonly memory: TensorMemory | null;
}
export const STOP = 'stop';
/** On a trainer's command line, before the name that its leases bear: whoever started it knows that. */
export const OWNER = 'owner=';
/** On a trainer's command line: it draws maps, beside the one that works off the runs. */
export const MAPS = 'maps';
