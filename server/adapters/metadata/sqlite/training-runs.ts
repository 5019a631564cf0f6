import type { Selectable } from 'kysely';
import type { Hyperparameters } from '../../../domain/architecture.js';
import type {
  Checkpoint,
  Epoch,
  EpochReconstruction,
  RunFailure,
  RunLogLine,
  TrainingRun,
} from '../../../domain/training-run.js';
import type { TrainingRuns } from '../../../ports/training-runs.js';
import type { Database } from './database.js';
import { dateOf, optionalDateOf } from './instants.js';
import type { TrainingRunTable } from './tables.js';

export class SqliteTrainingRuns implements TrainingRuns {
  constructor(private readonly db: Database) {}

  async create(
    datasetId: number,
    architecture: string,
    hyperparameters: Hyperparameters,
  ): Promise<TrainingRun> {
    const row = await this.db
      .insertInto('training_run')
      .values({
        dataset_id: datasetId,
        architecture,
        hyperparameters: JSON.stringify(hyperparameters),
        status: 'QUEUED',
        phase_progress: 0,
        epochs_done: 0,
        attempts: 0,
        cancel_requested: 0,
        created_at: Date.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return runOf(row, null);
  }

  async byId(id: number): Promise<TrainingRun | null> {
    const row = await this.selectRuns().where('training_run.id', '=', id).executeTakeFirst();
    return row ? runOf(row, row.model_id) : null;
  }

  async list(datasetId: number | null): Promise<TrainingRun[]> {
    let query = this.selectRuns().orderBy('training_run.id', 'desc');
    if (datasetId !== null) query = query.where('training_run.dataset_id', '=', datasetId);
    return (await query.execute()).map((row) => runOf(row, row.model_id));
  }

  async epochs(runId: number, afterEpoch: number): Promise<Epoch[]> {
    const rows = await this.db
      .selectFrom('epoch')
      .selectAll()
      .where('run_id', '=', runId)
      .where('epoch', '>', afterEpoch)
      .orderBy('epoch')
      .execute();
    return rows.map(({ run_id, finished_at, ...rest }) => ({
      ...rest,
      runId: run_id,
      finishedAt: dateOf(finished_at),
    }));
  }

  async reconstructions(runId: number, epoch: number | null): Promise<EpochReconstruction[]> {
    let query = this.db
      .selectFrom('epoch_reconstruction')
      .selectAll()
      .where('run_id', '=', runId)
      .orderBy('epoch')
      .orderBy('image_id');
    if (epoch !== null) query = query.where('epoch', '=', epoch);
    const rows = await query.execute();
    return rows.map((row) => ({
      runId: row.run_id,
      epoch: row.epoch,
      imageId: row.image_id,
      blobId: row.blob_id,
    }));
  }

  async log(runId: number, afterLine: number): Promise<RunLogLine[]> {
    const rows = await this.db
      .selectFrom('run_log')
      .selectAll()
      .where('run_id', '=', runId)
      .where('line', '>', afterLine)
      .orderBy('line')
      .execute();
    return rows.map(({ run_id, line, at, message }) => ({
      runId: run_id,
      line,
      at: dateOf(at),
      message,
    }));
  }

  async appendLog(runId: number, message: string): Promise<void> {
    await this.db
      .insertInto('run_log')
      .values(({ selectFrom, fn, eb }) => ({
        run_id: runId,
        line: selectFrom('run_log')
          .select(eb(fn.coalesce(fn.max('line'), eb.lit(0)), '+', 1).as('line'))
          .where('run_id', '=', runId),
        at: Date.now(),
        message,
      }))
      .execute();
  }

  async checkpoint(runId: number): Promise<Checkpoint | null> {
    const row = await this.db
      .selectFrom('checkpoint')
      .selectAll()
      .where('run_id', '=', runId)
      .executeTakeFirst();
    return row ? { runId: row.run_id, epoch: row.epoch, blobId: row.blob_id } : null;
  }

  async requestCancel(runId: number): Promise<boolean> {
    const now = Date.now();
    const ended = await this.db
      .updateTable('training_run')
      .set({ status: 'CANCELLED', cancel_requested: 1, phase: null, finished_at: now })
      .where('id', '=', runId)
      .where((eb) =>
        eb.or([
          eb('status', 'in', ['QUEUED', 'INTERRUPTED']),
          eb.and([eb('status', '=', 'RUNNING'), eb('lease_expires_at', '<', now)]),
        ]),
      )
      .executeTakeFirst();
    if (ended.numUpdatedRows > 0n) return true;
    const asked = await this.db
      .updateTable('training_run')
      .set({ cancel_requested: 1 })
      .where('id', '=', runId)
      .where('status', '=', 'RUNNING')
      .executeTakeFirst();
    return asked.numUpdatedRows > 0n;
  }

  async requeue(runId: number): Promise<boolean> {
    const requeued = await this.db
      .updateTable('training_run')
      .set({
        status: 'QUEUED',
        attempts: 0,
        cancel_requested: 0,
        failure: null,
        finished_at: null,
        lease_token: null,
        lease_expires_at: null,
      })
      .where('id', '=', runId)
      .where('status', 'in', ['CANCELLED', 'FAILED', 'INTERRUPTED'])
      .executeTakeFirst();
    return requeued.numUpdatedRows > 0n;
  }

  async delete(runId: number): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      const deleted = await transaction
        .deleteFrom('training_run')
        .where('id', '=', runId)
        .where('status', 'in', ['SUCCEEDED', 'CANCELLED', 'FAILED'])
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('model').select('id').where('id', '=', runId))),
        )
        .executeTakeFirst();
      if (deleted.numDeletedRows === 0n) return false;
      // Of a model that never came to be.
      await transaction.deleteFrom('embedding').where('model_id', '=', runId).execute();
      return true;
    });
  }

  private selectRuns() {
    return this.db
      .selectFrom('training_run')
      .leftJoin('model', 'model.id', 'training_run.id')
      .selectAll('training_run')
      .select('model.id as model_id');
  }
}

export function runOf(row: Selectable<TrainingRunTable>, modelId: number | null): TrainingRun {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    architecture: row.architecture,
    hyperparameters: JSON.parse(row.hyperparameters) as Hyperparameters,
    status: row.status,
    phase: row.phase,
    phaseProgress: row.phase_progress,
    epochsDone: row.epochs_done,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as RunFailure),
    attempts: row.attempts,
    cancelRequested: row.cancel_requested !== 0,
    modelId,
    createdAt: dateOf(row.created_at),
    startedAt: optionalDateOf(row.started_at),
    finishedAt: optionalDateOf(row.finished_at),
  };
}
