import type { Hyperparameters } from '../domain/architecture.js';
import type { BlobId } from '../domain/image.js';
import type { ActivationOutcome, MeasuredComparison } from '../domain/model-activation.js';
import type { InputSpec, NewModel } from '../domain/model.js';
import type { RunOrigin } from '../domain/run-origin.js';
import type {
  Checkpoint,
  Epoch,
  EpochNeighbours,
  EpochReconstruction,
  Lease,
  RunFailure,
  RunLogLine,
  RunPhase,
  RunStatus,
  StopReason,
  TrainingRun,
} from '../domain/training-run.js';
import type { ValidationScore } from '../domain/validation.js';

/** What a trainer leaves at the end of an epoch, written all at once. */
export interface FinishedEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly seconds: number;
  readonly checkpointBlobId: BlobId;
  readonly reconstructions: readonly Pick<EpochReconstruction, 'imageId' | 'blobId'>[];
  /** Left out where nothing could be measured. */
  readonly validation?: ValidationScore | null;
  readonly neighbours?: readonly Pick<EpochNeighbours, 'imageId' | 'neighbourIds'>[];
  /** Whether its checkpoint is kept as the best one too, until another is or it is dropped. */
  readonly isBest?: boolean;
}

/** The table of training runs as people see it. */
export interface TrainingRuns {
  /** @throws LookalikeError DATASET_NOT_FOUND, DATASET_NOT_READY while the dataset is being deleted */
  create(
    datasetId: number,
    architecture: string,
    hyperparameters: Hyperparameters,
    input: InputSpec | null,
    origin?: RunOrigin | null,
  ): Promise<TrainingRun>;
  byId(id: number): Promise<TrainingRun | null>;
  /** Newest first. */
  list(datasetId: number | null): Promise<TrainingRun[]>;
  /** Epochs after the given number, in order. */
  epochs(runId: number, afterEpoch: number): Promise<Epoch[]>;
  /** Null before the first epoch is done. */
  lastEpoch(runId: number): Promise<Epoch | null>;
  /** In the order of epochs, then of image ids. */
  reconstructions(runId: number, epoch: number | null): Promise<EpochReconstruction[]>;
  /** Of one epoch, in the order of the probe images' ids; neighbours may have been deleted since. */
  neighbours(runId: number, epoch: number): Promise<EpochNeighbours[]>;
  /** Lines after the given number, in order. */
  log(runId: number, afterLine: number): Promise<RunLogLine[]>;
  appendLog(runId: number, message: string): Promise<void>;
  checkpoint(runId: number): Promise<Checkpoint | null>;
  /** That of the epoch that was finished as the best one; null where none was. */
  bestCheckpoint(runId: number): Promise<Checkpoint | null>;
  /** Keeps the last checkpoint alone. @returns blobs nobody bears now */
  dropBestCheckpoint(runId: number): Promise<BlobId[]>;
  /** Ends a waiting run at once; asks the trainer of a running one to stop. False if it has ended. */
  requestCancel(runId: number): Promise<boolean>;
  /**
   * Puts a cancelled, failed or interrupted run back into the queue; one that had ended is stopped by its
   * sweep no more. False if it is none of these, or its dataset is being deleted.
   */
  requeue(runId: number, origin?: RunOrigin | null): Promise<boolean>;
  /**
   * Forgets an ended run that left no model; refused (null) if it is still going or has a model.
   * @returns blobs nobody bears now
   */
  delete(runId: number): Promise<BlobId[] | null>;
}

/** The same table as a queue that trainers, each in a process of its own, work off. */
export interface TrainingQueue {
  /** Who claims here: no two processes are the same. */
  readonly owner: string;
  /**
   * Takes the oldest run that waits (QUEUED, INTERRUPTED, or RUNNING with a lease that ran out), first of
   * those that are of no sweep: nobody waits for fifty settings.
   * A run that was claimed `maxAttempts` times without finishing an epoch is marked FAILED instead,
   * and `onGivenUp` is told.
   */
  claim(
    maxAttempts: number,
    onGivenUp?: (runId: number) => void,
  ): Promise<{ run: TrainingRun; lease: Lease } | null>;
  hasWaiting(): Promise<boolean>;
  /**
   * Lets what an owner has claimed wait again, whatever is left of its lease, and counts the attempt. For
   * whoever knows that this owner is dead.
   */
  release(owner: string): Promise<void>;
  /** Prolongs the lease, counts the time, and says whether to stop. @throws LookalikeError LEASE_LOST */
  heartbeat(
    lease: Lease,
    phase: RunPhase,
    phaseProgress: number,
  ): Promise<{ cancelRequested: boolean }>;
  /**
   * @returns blobs that nobody bears now: of earlier checkpoints, and redrawn pictures of images that are gone
   * @throws LookalikeError LEASE_LOST
   */
  finishEpoch(lease: Lease, epoch: FinishedEpoch): Promise<BlobId[]>;
  /**
   * Adds the model, ends the run and activates the model unless it is worse than the active one, all at
   * once. The model of a sweep is not activated (null): somebody chooses among them.
   * @param measured what holds where their evaluations cannot be compared
   * @throws LookalikeError LEASE_LOST
   */
  succeed(
    lease: Lease,
    model: NewModel,
    measured?: MeasuredComparison | null,
    stopReason?: StopReason | null,
  ): Promise<ActivationOutcome | null>;
  /** Ends the run without a model, or gives it back as INTERRUPTED. @throws LEASE_LOST */
  stop(
    lease: Lease,
    status: Extract<RunStatus, 'FAILED' | 'CANCELLED' | 'INTERRUPTED'>,
    failure: RunFailure | null,
    stopReason?: StopReason | null,
  ): Promise<void>;
}
