import type { Hyperparameters } from '../domain/architecture.js';
import type { RunOrigin } from '../domain/run-origin.js';
import type { Sweep } from '../domain/sweep.js';
import type { TrainingRun } from '../domain/training-run.js';

/** The table of sweeps. Their runs stand in the table of training runs, and wait in its queue. */
export interface Sweeps {
  /**
   * Adds a sweep, and a waiting run for each setting, in their order and all at once.
   * @throws DATASET_NOT_FOUND, DATASET_NOT_READY while the dataset is being deleted
   */
  create(
    sweep: Omit<Sweep, 'id' | 'createdAt'>,
    settings: readonly Hyperparameters[],
    origin?: RunOrigin | null,
  ): Promise<Sweep>;
  byId(id: number): Promise<Sweep | null>;
  /** Newest first. */
  list(datasetId: number | null): Promise<Sweep[]>;
  /** Those of its runs that have not been deleted, in the order in which they are tried. */
  runs(id: number): Promise<TrainingRun[]>;
  /**
   * Ends its waiting runs at once, and asks the trainer of a running one to stop. @returns the ids of both
   */
  requestCancel(id: number): Promise<number[]>;
}
