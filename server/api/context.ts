import type { SweepService } from '../services/sweep.service.js';
import type { Caller } from '../domain/access.js';
import type { TrainingService } from '../services/training.service.js';

/** What every operation is given; a subscription has no resolver instance to ask. */
export interface ApiContext {
  readonly sweeps: SweepService;
  readonly training: TrainingService;
  readonly caller: Caller;
  /** Where the request comes from. */
  readonly address: string;
  /** Tells that the work is to be given up: its time is over, or nobody waits for it any more. */
  readonly signal: AbortSignal;
}
