import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder, Transaction, Updateable } from 'kysely';
import { LookalikeError, notFound } from '../../../domain/errors.js';
import type { BlobId } from '../../../domain/image.js';
import type { ActivationOutcome, MeasuredComparison } from '../../../domain/model-activation.js';
import type { NewModel } from '../../../domain/model.js';
import type {
  Lease,
  RunFailure,
  RunPhase,
  RunStatus,
  StopReason,
  TrainingRun,
} from '../../../domain/training-run.js';
import type { FinishedEpoch, TrainingQueue } from '../../../ports/training-runs.js';
import type { Database } from './database.js';
import { doom } from './doomed-blobs.js';
import { insertEpoch } from './epoch-rows.js';
import { isLeaseOf, isLeaseOver, LEASE_MS, newLeaseToken, RELEASED } from './lease.js';
import { insertModel } from './model-rows.js';
import { activate } from './model-switch.js';
import { runOf } from './run-rows.js';
import type { Tables, TrainingRunTable } from './tables.js';

const CHECKPOINTS = ['checkpoint', 'best_checkpoint'] as const;

export class SqliteTrainingQueue implements TrainingQueue {
  constructor(
    private readonly db: Database,
    readonly owner: string = randomUUID(),
  ) {}

  async claim(
    maxAttempts: number,
    onGivenUp: (runId: number) => void = () => undefined,
  ): Promise<{ run: TrainingRun; lease: Lease } | null> {
    const now = Date.now();
    for (const runId of await this.failHopeless(maxAttempts, now)) onGivenUp(runId);
    const token = newLeaseToken(this.owner);
    const row = await this.db
      .updateTable('training_run')
      .set(({ ref, fn, eb }) => ({
        status: 'RUNNING' as const,
        phase: 'LOADING' as const,
        phase_progress: 0,
        attempts: eb('attempts', '+', 1),
        lease_token: token,
        lease_expires_at: now + LEASE_MS,
        started_at: fn.coalesce(ref('started_at'), eb.val(now)),
      }))
      .where('id', '=', ({ selectFrom }) =>
        selectFrom('training_run')
          .select('id')
          .where(isWaiting(now))
          .orderBy(({ eb }) => eb('sweep_id', 'is not', null))
          .orderBy('id')
          .limit(1),
      )
      .returningAll()
      .executeTakeFirst();
    return row ? { run: runOf(row, null), lease: { runId: row.id, token } } : null;
  }

  async hasWaiting(): Promise<boolean> {
    const row = await this.db
      .selectFrom('training_run')
      .select('id')
      .where(isWaiting(Date.now()))
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async release(owner: string): Promise<void> {
    await this.db
      .updateTable('training_run')
      .set({ lease_expires_at: RELEASED })
      .where('status', '=', 'RUNNING')
      .where(isLeaseOf(owner))
      .execute();
  }

  async heartbeat(
    lease: Lease,
    phase: RunPhase,
    phaseProgress: number,
  ): Promise<{ cancelRequested: boolean }> {
    const now = Date.now();
    const row = await this.db
      .updateTable('training_run')
      .set({ phase, phase_progress: phaseProgress, lease_expires_at: now + LEASE_MS })
      .set(workedUntil(now))
      .where(isHeldBy(lease))
      .returning('cancel_requested')
      .executeTakeFirst();
    if (!row) throw leaseLost(lease);
    return { cancelRequested: row.cancel_requested !== 0 };
  }

  finishEpoch(lease: Lease, finished: FinishedEpoch): Promise<BlobId[]> {
    const { runId } = lease;
    const { epoch, checkpointBlobId } = finished;
    // Counted until now: the lease begins anew.
    const changes = { epochs_done: epoch, attempts: 0, lease_expires_at: Date.now() + LEASE_MS };
    return this.write(lease, changes, async (transaction) => {
      const left = await insertEpoch(transaction, runId, finished);
      const kinds = finished.isBest ? CHECKPOINTS : (['checkpoint'] as const);
      const replaced = await transaction
        .selectFrom('checkpoint')
        .select('blob_id')
        .where('run_id', '=', runId)
        .unionAll((eb) =>
          eb.selectFrom('best_checkpoint').select('blob_id').where('run_id', '=', runId),
        )
        .execute();
      for (const kind of kinds) {
        await transaction
          .insertInto(kind)
          .values({ run_id: runId, epoch, blob_id: checkpointBlobId })
          .onConflict((conflict) =>
            conflict.column('run_id').doUpdateSet({ epoch, blob_id: checkpointBlobId }),
          )
          .execute();
      }
      return doom(transaction, [...left, ...replaced.map((row) => row.blob_id)]);
    });
  }

  succeed(
    lease: Lease,
    model: NewModel,
    measured: MeasuredComparison | null = null,
    stopReason: StopReason | null = null,
  ): Promise<ActivationOutcome | null> {
    return this.write(lease, ended('SUCCEEDED', null, stopReason), async (transaction, sweepId) => {
      await insertModel(transaction, model);
      if (sweepId !== null) return null;
      const order = { modelId: model.id, cause: 'RUN', forced: false, measured } as const;
      const outcome = await activate(transaction, order);
      if (!outcome) throw notFound('MODEL_NOT_FOUND', model.id);
      return outcome;
    });
  }

  async stop(
    lease: Lease,
    status: Extract<RunStatus, 'FAILED' | 'CANCELLED' | 'INTERRUPTED'>,
    failure: RunFailure | null,
    stopReason: StopReason | null = null,
  ): Promise<void> {
    await this.write(lease, ended(status, failure, stopReason), () => Promise.resolve());
  }

  /** The run's own row is written first: that takes SQLite's write lock and proves the lease. */
  private write<Left>(
    lease: Lease,
    changes: Updateable<TrainingRunTable>,
    rest: (transaction: Transaction<Tables>, sweepId: number | null) => Promise<Left>,
  ): Promise<Left> {
    return this.db.transaction().execute(async (transaction) => {
      const updated = await transaction
        .updateTable('training_run')
        .set(changes)
        .set(workedUntil(Date.now()))
        .where(isHeldBy(lease))
        .returning('sweep_id')
        .executeTakeFirst();
      if (!updated) throw leaseLost(lease);
      return rest(transaction, updated.sweep_id);
    });
  }

  private async failHopeless(maxAttempts: number, now: number): Promise<number[]> {
    const message =
      `The training process died ${maxAttempts} times in a row on this run. ` +
      'Read the log, then resume the run or start one with a smaller batch size.';
    const failed = await this.db
      .updateTable('training_run')
      .set(ended('FAILED', { code: 'TRAINER_CRASHED', message }, null))
      .where(isWaiting(now))
      .where('attempts', '>=', maxAttempts)
      .returning('id')
      .execute();
    return failed.map(({ id }) => id);
  }
}

function isWaiting(now: number) {
  return (eb: ExpressionBuilder<Tables, 'training_run'>) =>
    eb.or([
      eb('status', 'in', ['QUEUED', 'INTERRUPTED']),
      eb.and([eb('status', '=', 'RUNNING'), isLeaseOver(now)]),
    ]);
}

function isHeldBy({ runId, token }: Lease) {
  return (eb: ExpressionBuilder<Tables, 'training_run'>) =>
    eb.and([eb('id', '=', runId), eb('lease_token', '=', token), eb('status', '=', 'RUNNING')]);
}

/**
 * Adds the time since the trainer was last heard of, which the end of its lease tells. With more than a
 * lease between, it was dead, or the machine asleep.
 */
function workedUntil(now: number) {
  return (eb: ExpressionBuilder<Tables, 'training_run'>) => {
    const since = eb(eb.val(now + LEASE_MS), '-', eb.ref('lease_expires_at'));
    return {
      worked: eb
        .case()
        .when(since, '>=', 0)
        .then(
          eb('worked', '+', eb.case().when(since, '<', LEASE_MS).then(since).else(LEASE_MS).end()),
        )
        .else(eb.ref('worked'))
        .end(),
    };
  };
}

function ended(
  status: Exclude<RunStatus, 'QUEUED' | 'RUNNING'>,
  failure: RunFailure | null,
  stopReason: StopReason | null,
): Updateable<TrainingRunTable> {
  return {
    status,
    stop_reason: stopReason,
    phase: null,
    phase_progress: 0,
    failure: failure && JSON.stringify(failure),
    lease_token: null,
    lease_expires_at: null,
    finished_at: status === 'INTERRUPTED' ? null : Date.now(),
    // Whoever gives a run back in an orderly way has not died on it.
    ...(status === 'INTERRUPTED' && { attempts: 0 }),
  };
}

function leaseLost({ runId }: Lease): LookalikeError {
  return new LookalikeError('LEASE_LOST', `Another trainer has taken over training run ${runId}.`);
}
