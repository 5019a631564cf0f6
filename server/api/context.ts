import type { StopSignal } from '../domain/aborting.js';
import type { SweepService } from '../services/sweep.service.js';
import type { Caller } from '../domain/access.js';
import type { RunOrigin } from '../domain/run-origin.js';
import type { TrainingService } from '../services/training.service.js';

/** What came with an operation, and what is told of it. */
export interface OperationRequest {
  origin: RunOrigin;
  /** The field of the schema that it asks for; null until that is known. */
  operation: string | null;
}

/** What every operation is given; a subscription has no resolver instance to ask. */
export interface ApiContext {
  readonly sweeps: SweepService;
  readonly training: TrainingService;
  readonly caller: Caller;
  /** Where the request comes from. */
  readonly address: string;
  /** Tells that the work is to be given up: its time is over, or nobody waits for it any more. */
  readonly signal: AbortSignal;
  /** Tells the same to whoever asks in between: a signal takes ten microseconds to make. */
  readonly time: StopSignal;
  readonly request: OperationRequest;
}
