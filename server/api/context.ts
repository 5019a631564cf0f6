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
}
