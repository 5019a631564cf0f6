import type { Hyperparameters } from '../../../domain/architecture.js';
import type { BlobId } from '../../../domain/image.js';
import type { InputSpec } from '../../../domain/model.js';
import type { RunOrigin } from '../../../domain/run-origin.js';
import type {
  Checkpoint,
  Epoch,
  EpochNeighbours,
  EpochReconstruction,
  RunLogLine,
  TrainingRun,
} from '../../../domain/training-run.js';
import type { TrainingRuns } from '../../../ports/training-runs.js';
import type { Database } from './database.js';
import { doom } from './doomed-blobs.js';
import { forgetEmbeddingsInTurns } from './embedding-deletion.js';
import { dateOf } from './instants.js';
import { epochOf, neighboursOf } from './epoch-rows.js';
import { cancelRuns } from './run-cancellation.js';
import { insertRun } from './run-insertion.js';
import { runOf } from './run-rows.js';

export class SqliteTrainingRuns implements TrainingRuns {
  constructor(private readonly db: Database) {}

  async create(
    datasetId: number,
    architecture: string,
    hyperparameters: Hyperparameters,
    input: InputSpec | null,
    origin: RunOrigin | null = null,
  ): Promise<TrainingRun> {
    const run = { datasetId, architecture, hyperparameters, input, sweepId: null, origin };
    return runOf(await insertRun(this.db, run), null);
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
    return rows.map(epochOf);
  }

  async lastEpoch(runId: number): Promise<Epoch | null> {
    const row = await this.db
      .selectFrom('epoch')
      .selectAll()
      .where('run_id', '=', runId)
      .orderBy('epoch', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? epochOf(row) : null;
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

  async neighbours(runId: number, epoch: number): Promise<EpochNeighbours[]> {
    const rows = await this.db
      .selectFrom('epoch_neighbours')
      .selectAll()
      .where('run_id', '=', runId)
      .where('epoch', '=', epoch)
      .orderBy('image_id')
      .execute();
    return rows.map(neighboursOf);
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

  checkpoint(runId: number): Promise<Checkpoint | null> {
    return this.checkpointIn('checkpoint', runId);
  }

  bestCheckpoint(runId: number): Promise<Checkpoint | null> {
    return this.checkpointIn('best_checkpoint', runId);
  }

  async dropBestCheckpoint(runId: number): Promise<BlobId[]> {
    return this.db.transaction().execute(async (transaction) => {
      const dropped = await transaction
        .deleteFrom('best_checkpoint')
        .where('run_id', '=', runId)
        .returning('blob_id')
        .execute();
      return doom(
        transaction,
        dropped.map((row) => row.blob_id),
      );
    });
  }

  async requestCancel(runId: number): Promise<boolean> {
    return (await cancelRuns(this.db, [runId])).length > 0;
  }

  async requeue(runId: number, origin: RunOrigin | null = null): Promise<boolean> {
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
        stop_reason: null,
        request_id: origin?.requestId ?? null,
        traceparent: origin?.traceparent ?? null,
      })
      .set(({ eb, ref }) => ({
        follows_sweep: eb
          .case()
          .when('status', '=', 'INTERRUPTED')
          .then(ref('follows_sweep'))
          .else(0)
          .end(),
      }))
      .where('id', '=', runId)
      .where('status', 'in', ['CANCELLED', 'FAILED', 'INTERRUPTED'])
      .where('dataset_id', 'in', ({ selectFrom }) =>
        selectFrom('dataset').select('id').where('status', '!=', 'DELETING'),
      )
      .executeTakeFirst();
    return requeued.numUpdatedRows > 0n;
  }

  async delete(runId: number): Promise<BlobId[] | null> {
    const blobIds = await this.db.transaction().execute(async (transaction) => {
      // A write first, so that what is read after it stays true until the commit.
      const deletable = await transaction
        .updateTable('training_run')
        .set({ phase: null })
        .where('id', '=', runId)
        .where('status', 'in', ['SUCCEEDED', 'CANCELLED', 'FAILED'])
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('model').select('id').where('id', '=', runId))),
        )
        .executeTakeFirst();
      if (deletable.numUpdatedRows === 0n) return null;
      const borne = await transaction
        .selectFrom('checkpoint')
        .select('blob_id')
        .where('run_id', '=', runId)
        .unionAll((eb) =>
          eb.selectFrom('best_checkpoint').select('blob_id').where('run_id', '=', runId),
        )
        .unionAll((eb) =>
          eb.selectFrom('epoch_reconstruction').select('blob_id').where('run_id', '=', runId),
        )
        .execute();
      await transaction.deleteFrom('training_run').where('id', '=', runId).execute();
      return doom(
        transaction,
        borne.map((row) => row.blob_id),
      );
    });
    // Of a model that never came to be.
    if (blobIds) await forgetEmbeddingsInTurns(this.db, runId);
    return blobIds;
  }

  private async checkpointIn(
    table: 'checkpoint' | 'best_checkpoint',
    runId: number,
  ): Promise<Checkpoint | null> {
    const row = await this.db
      .selectFrom(table)
      .selectAll()
      .where('run_id', '=', runId)
      .executeTakeFirst();
    return row ? { runId: row.run_id, epoch: row.epoch, blobId: row.blob_id } : null;
  }

  private selectRuns() {
    return this.db
      .selectFrom('training_run')
      .leftJoin('model', 'model.id', 'training_run.id')
      .selectAll('training_run')
      .select('model.id as model_id');
  }
}
