import {
  architectureNamed,
  completeHyperparameters,
  type Architecture,
  type Hyperparameters,
} from '../domain/architecture.js';
import type { Dataset, DatasetStatus } from '../domain/dataset.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import { completeInput, type GivenInput } from '../domain/input-spec.js';
import {
  hasEnded,
  type Epoch,
  type EpochNeighbours,
  type EpochReconstruction,
  type RunLogLine,
  type TrainingRun,
} from '../domain/training-run.js';
import type { InputSpec } from '../domain/model.js';
import type { RunOrigin } from '../domain/run-origin.js';
import type { Datasets } from '../ports/datasets.js';
import type { Events } from '../ports/events.js';
import type { Images } from '../ports/images.js';
import type { TrainerPool } from '../ports/model-runtime.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import type { Leftovers } from './leftovers.js';
import { endedAtOnce, nextChangeOf, type RunChanges } from './run-changes.js';
import type { TrainingProposalService } from './training-proposal.service.js';
import type { WriteQueue } from './write-queue.js';

/** A run as it stands now, and the epoch that has just been finished, if it is news of one. */
export interface TrainingProgress {
  readonly run: TrainingRun;
  readonly epoch: Epoch | null;
}

/** Starts, stops and follows training runs; the work itself is the trainer's. */
export class TrainingService {
  constructor(
    private readonly architectures: readonly Architecture[],
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly runs: TrainingRuns,
    private readonly events: Events,
    private readonly trainers: TrainerPool,
    private readonly proposals: TrainingProposalService,
    private readonly leftovers: Leftovers,
    private readonly writes: WriteQueue,
  ) {}

  listArchitectures(): readonly Architecture[] {
    return this.architectures;
  }

  /** @throws LookalikeError ARCHITECTURE_NOT_FOUND */
  architecture(name: string): Architecture {
    return architectureNamed(this.architectures, name);
  }

  list(datasetId: number | null): Promise<TrainingRun[]> {
    return this.runs.list(datasetId);
  }

  /** @throws LookalikeError TRAINING_RUN_NOT_FOUND */
  async get(id: number): Promise<TrainingRun> {
    const run = await this.runs.byId(id);
    if (!run) throw notFound('TRAINING_RUN_NOT_FOUND', id);
    return run;
  }

  epochs(runId: number, afterEpoch = 0): Promise<Epoch[]> {
    return this.runs.epochs(runId, afterEpoch);
  }

  /** Null before the first epoch is done. */
  lastEpoch(runId: number): Promise<Epoch | null> {
    return this.runs.lastEpoch(runId);
  }

  /** Null before it is done. */
  async epoch(runId: number, number: number): Promise<Epoch | null> {
    const [first] = await this.runs.epochs(runId, number - 1);
    return first?.epoch === number ? first : null;
  }

  neighbours(runId: number, epoch: number): Promise<EpochNeighbours[]> {
    return this.runs.neighbours(runId, epoch);
  }

  reconstructions(runId: number, epoch: number): Promise<EpochReconstruction[]> {
    return this.runs.reconstructions(runId, epoch);
  }

  log(runId: number, afterLine: number): Promise<RunLogLine[]> {
    return this.runs.log(runId, afterLine);
  }

  /**
   * Queues a run. What is not given is as proposed from the images.
   * @param origin null where no request asks for it
   * @throws LookalikeError DATASET_NOT_FOUND, DATASET_NOT_READY, ARCHITECTURE_NOT_FOUND,
   * HYPERPARAMETER_INVALID, INPUT_INVALID
   */
  async start(
    datasetId: number,
    architectureName: string,
    given: Hyperparameters,
    givenInput: GivenInput | null,
    origin: RunOrigin | null = null,
  ): Promise<TrainingRun> {
    const { hyperparameters, input } = await this.prepare(
      ...([datasetId, architectureName, given, givenInput] as const),
    );
    const run = await this.runs.create(
      ...([datasetId, architectureName, hyperparameters, input, origin] as const),
    );
    this.trainers.wake();
    return run;
  }

  /** What a run would be queued with, which has been checked. @throws LookalikeError as `start` */
  async prepare(
    datasetId: number,
    architectureName: string,
    given: Hyperparameters,
    givenInput: GivenInput | null,
  ): Promise<{
    readonly architecture: Architecture;
    readonly hyperparameters: Hyperparameters;
    readonly input: InputSpec;
  }> {
    const dataset = await this.datasets.byId(datasetId);
    if (!dataset) throw notFound('DATASET_NOT_FOUND', datasetId);
    const architecture = this.architecture(architectureName);
    requireReady(dataset, await this.images.count(datasetId, { split: 'TRAIN' }));
    const proposal = await this.proposals.propose(datasetId, architectureName);
    const hyperparameters = completeHyperparameters(architecture, {
      ...proposal.hyperparameters,
      ...given,
    });
    const input = completeInput(givenInput ?? {}, proposal.input);
    return { architecture, hyperparameters, input };
  }

  /** @throws LookalikeError TRAINING_RUN_NOT_FOUND, RUN_NOT_CANCELLABLE */
  async cancel(id: number): Promise<TrainingRun> {
    await this.get(id);
    if (!(await this.runs.requestCancel(id))) throw new LookalikeError('RUN_NOT_CANCELLABLE');
    return this.announce(id);
  }

  /** @throws LookalikeError TRAINING_RUN_NOT_FOUND, RUN_NOT_RESUMABLE, DATASET_NOT_READY */
  async resume(id: number, origin: RunOrigin | null = null): Promise<TrainingRun> {
    const { datasetId } = await this.get(id);
    if (!(await this.runs.requeue(id, origin))) {
      const dataset = await this.datasets.byId(datasetId);
      if (dataset?.status === 'DELETING') throw notReady(dataset, HINDRANCES.DELETING);
      throw new LookalikeError('RUN_NOT_RESUMABLE');
    }
    this.trainers.wake();
    return this.announce(id);
  }

  /** @throws LookalikeError TRAINING_RUN_NOT_FOUND, RUN_NOT_DELETABLE */
  async delete(id: number): Promise<void> {
    const run = await this.get(id);
    if (!hasEnded(run.status)) throw new LookalikeError('RUN_NOT_DELETABLE');
    const isDeleted = await this.writes.inTurn(async () => {
      const blobIds = await this.runs.delete(id);
      if (blobIds) await this.leftovers.discard(blobIds);
      return blobIds !== null;
    });
    if (!isDeleted) {
      throw new LookalikeError(
        'RUN_NOT_DELETABLE',
        `Run ${id} left model ${id}: delete that first.`,
      );
    }
  }

  /**
   * Follows a run: first every epoch after the given one, then each as it is finished, and every
   * change of status or phase between; ends after the run has. Epochs are read from the rows, so
   * that a lost event delays but never loses one.
   * @throws LookalikeError TRAINING_RUN_NOT_FOUND
   */
  async follow(runId: number, afterEpoch: number): Promise<AsyncGenerator<TrainingProgress>> {
    await this.get(runId);
    const changes = this.events.subscribe('trainingRunChanged');
    return endedAtOnce(this.progress(runId, afterEpoch, changes), changes);
  }

  private async *progress(
    runId: number,
    afterEpoch: number,
    changes: RunChanges,
  ): AsyncGenerator<TrainingProgress> {
    const runIds = new Set([runId]);
    let seen = afterEpoch;
    try {
      for (;;) {
        const run = await this.runs.byId(runId);
        if (!run) return;
        for (const epoch of await this.runs.epochs(runId, seen)) {
          seen = epoch.epoch;
          yield { run, epoch };
        }
        yield { run, epoch: null };
        if (hasEnded(run.status)) return;
        if (!(await nextChangeOf(changes, runIds))) return;
      }
    } finally {
      await changes.return?.();
    }
  }

  private async announce(id: number): Promise<TrainingRun> {
    this.events.publish('trainingRunChanged', { runId: id });
    return this.get(id);
  }
}

/** Why images of a dataset that stands like this cannot be learned from, and what to do. */
const HINDRANCES = {
  READY: null,
  IMPORTING: 'is IMPORTING: wait until it is READY, then start again.',
  FAILED: 'is FAILED: import again, and start when it is READY.',
  DELETING: 'is being deleted: choose another one.',
} as const satisfies Readonly<Record<DatasetStatus, string | null>>;
const NO_TRAIN_IMAGES = 'has no TRAIN images: add some, or set the split of some to TRAIN.';

/** @throws LookalikeError DATASET_NOT_READY */
function requireReady(dataset: Dataset, trainCount: number): void {
  const hindrance = HINDRANCES[dataset.status] ?? (trainCount === 0 ? NO_TRAIN_IMAGES : null);
  if (hindrance !== null) throw notReady(dataset, hindrance);
}

function notReady({ name }: Dataset, hindrance: string): LookalikeError {
  return new LookalikeError('DATASET_NOT_READY', `Dataset ${name} ${hindrance}`);
}
