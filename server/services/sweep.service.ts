import type { Hyperparameters } from '../domain/architecture.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import type { GivenInput } from '../domain/input-spec.js';
import type { RunOrigin } from '../domain/run-origin.js';
import {
  BUDGET_SECONDS,
  SETTING_COUNTS,
  SWEEP_VALIDATION_SHARE,
  type Sweep,
  type SweptDial,
} from '../domain/sweep.js';
import { rankedRuns, type RankedRun } from '../domain/sweep-ranking.js';
import { sweepSettings } from '../domain/sweep-settings.js';
import { hasEnded, type TrainingRun } from '../domain/training-run.js';
import type { Events } from '../ports/events.js';
import type { TrainerPool } from '../ports/model-runtime.js';
import type { Sweeps } from '../ports/sweeps.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import { endedAtOnce, nextChangeOf, type RunChanges } from './run-changes.js';
import { scoredRunsOf } from './scored-runs.js';
import type { TrainingService } from './training.service.js';

/** What somebody wants to be tried. */
export interface SweepOrder {
  readonly datasetId: number;
  readonly architecture: string;
  /** Of all settings, where they differ from what is proposed. */
  readonly hyperparameters: Hyperparameters;
  readonly input: GivenInput | null;
  readonly dials: readonly SweptDial[];
  readonly settingCount: number;
  readonly budgetSeconds: number;
  readonly seed: number;
  /** Null where no request asks for it. */
  readonly origin?: RunOrigin | null;
}

/** Starts, stops and follows sweeps; the work itself is the trainer's. */
export class SweepService {
  constructor(
    private readonly sweeps: Sweeps,
    private readonly runs: TrainingRuns,
    private readonly training: TrainingService,
    private readonly trainers: TrainerPool,
    private readonly events: Events,
  ) {}

  /**
   * Queues a run for each setting.
   * @throws LookalikeError DATASET_NOT_FOUND, DATASET_NOT_READY, ARCHITECTURE_NOT_FOUND,
   * HYPERPARAMETER_INVALID, INPUT_INVALID, INVALID_ARGUMENT
   */
  async start(order: SweepOrder): Promise<Sweep> {
    const { datasetId, dials, seed, settingCount, budgetSeconds } = order;
    requireWithin('settingCount', settingCount, SETTING_COUNTS, Number.isInteger);
    requireWithin('budget in seconds', budgetSeconds, BUDGET_SECONDS, Number.isFinite);
    requireWithin('seed', seed, { min: 0, max: 2_147_483_647 }, Number.isInteger);
    const named = this.training.architecture(order.architecture);
    const isHeldOut = named.hyperparameters.some(({ name }) => name === 'validationShare');
    const { architecture, hyperparameters, input } = await this.training.prepare(
      datasetId,
      order.architecture,
      {
        ...(isHeldOut && { validationShare: SWEEP_VALIDATION_SHARE }),
        ...order.hyperparameters,
      },
      order.input,
    );
    const settings = sweepSettings(architecture, hyperparameters, dials, settingCount, seed);
    const sweep = await this.sweeps.create(
      {
        datasetId,
        architecture: architecture.name,
        hyperparameters,
        dials,
        input,
        ...{ budgetSeconds, seed },
      },
      settings,
      order.origin,
    );
    this.trainers.wake();
    return sweep;
  }

  /** @throws LookalikeError SWEEP_NOT_FOUND */
  async get(id: number): Promise<Sweep> {
    const sweep = await this.sweeps.byId(id);
    if (!sweep) throw notFound('SWEEP_NOT_FOUND', id);
    return sweep;
  }

  /** Newest first. */
  list(datasetId: number | null): Promise<Sweep[]> {
    return this.sweeps.list(datasetId);
  }

  /** In the order in which they are tried. */
  runsOf(id: number): Promise<TrainingRun[]> {
    return this.sweeps.runs(id);
  }

  /** The best first. */
  async ranked(id: number): Promise<RankedRun[]> {
    return rankedRuns(await scoredRunsOf(this.sweeps, this.runs, id));
  }

  /**
   * Stops a sweep: what waits ends at once, what goes on keeps its checkpoint.
   * @throws LookalikeError SWEEP_NOT_FOUND, SWEEP_NOT_CANCELLABLE
   */
  async cancel(id: number): Promise<Sweep> {
    const sweep = await this.get(id);
    const cancelled = await this.sweeps.requestCancel(id);
    if (cancelled.length === 0) throw new LookalikeError('SWEEP_NOT_CANCELLABLE');
    for (const runId of cancelled) this.events.publish('trainingRunChanged', { runId });
    return sweep;
  }

  /**
   * Follows a sweep: at once, and whenever one of its runs has another status or one epoch more; ends after
   * the last run has. @throws LookalikeError SWEEP_NOT_FOUND
   */
  async follow(id: number): Promise<AsyncGenerator<Sweep>> {
    const sweep = await this.get(id);
    const changes = this.events.subscribe('trainingRunChanged');
    return endedAtOnce(this.progress(sweep, changes), changes);
  }

  private async *progress(sweep: Sweep, changes: RunChanges): AsyncGenerator<Sweep> {
    let seen = '';
    try {
      for (;;) {
        const runs = await this.sweeps.runs(sweep.id);
        const now = JSON.stringify(
          runs.map(({ id, status, epochsDone }) => [id, status, epochsDone]),
        );
        if (now !== seen) yield sweep;
        seen = now;
        if (runs.every(({ status }) => hasEnded(status))) return;
        const ids = new Set(runs.map(({ id }) => id));
        if (!(await nextChangeOf(changes, ids))) return;
      }
    } finally {
      await changes.return?.();
    }
  }
}

function requireWithin(
  name: string,
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
  isOfKind: (value: number) => boolean,
): void {
  if (isOfKind(value) && value >= min && value <= max) return;
  const kind = isOfKind === Number.isInteger ? 'a whole number' : 'a number';
  throw new LookalikeError(
    'INVALID_ARGUMENT',
    `The ${name} must be ${kind} from ${min} to ${max}, not ${value}.`,
  );
}
