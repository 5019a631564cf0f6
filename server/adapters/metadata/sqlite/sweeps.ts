import type { Selectable } from 'kysely';
import type { Hyperparameters } from '../../../domain/architecture.js';
import { notFound } from '../../../domain/errors.js';
import type { RunOrigin } from '../../../domain/run-origin.js';
import type { Sweep, SweptDial } from '../../../domain/sweep.js';
import type { TrainingRun } from '../../../domain/training-run.js';
import type { Sweeps } from '../../../ports/sweeps.js';
import type { Database } from './database.js';
import { dateOf } from './instants.js';
import { cancelRuns } from './run-cancellation.js';
import { insertRun } from './run-insertion.js';
import { runOf } from './run-rows.js';
import { inputOf } from './stored-input.js';
import type { SweepTable } from './tables.js';

export class SqliteSweeps implements Sweeps {
  constructor(private readonly db: Database) {}

  create(
    {
      datasetId,
      architecture,
      hyperparameters,
      dials,
      input,
      ...rest
    }: Omit<Sweep, 'id' | 'createdAt'>,
    settings: readonly Hyperparameters[],
    origin: RunOrigin | null = null,
  ): Promise<Sweep> {
    return this.db.transaction().execute(async (transaction) => {
      // A write first, so that what is read after it stays true until the commit.
      const dataset = await transaction
        .updateTable('dataset')
        .set(({ ref }) => ({ status: ref('status') }))
        .where('id', '=', datasetId)
        .executeTakeFirst();
      if (dataset.numUpdatedRows === 0n) throw notFound('DATASET_NOT_FOUND', datasetId);
      const row = await transaction
        .insertInto('sweep')
        .values({
          dataset_id: datasetId,
          architecture,
          hyperparameters: JSON.stringify(hyperparameters),
          dials: JSON.stringify(dials),
          input: JSON.stringify(input),
          budget_seconds: rest.budgetSeconds,
          seed: rest.seed,
          created_at: Date.now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      const common = { datasetId, architecture, input, sweepId: row.id, origin };
      for (const setting of settings) {
        await insertRun(transaction, { ...common, hyperparameters: setting });
      }
      return sweepOf(row);
    });
  }

  async byId(id: number): Promise<Sweep | null> {
    const row = await this.db
      .selectFrom('sweep')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? sweepOf(row) : null;
  }

  async list(datasetId: number | null): Promise<Sweep[]> {
    let query = this.db.selectFrom('sweep').selectAll().orderBy('id', 'desc');
    if (datasetId !== null) query = query.where('dataset_id', '=', datasetId);
    return (await query.execute()).map(sweepOf);
  }

  async runs(id: number): Promise<TrainingRun[]> {
    const rows = await this.db
      .selectFrom('training_run')
      .leftJoin('model', 'model.id', 'training_run.id')
      .selectAll('training_run')
      .select('model.id as model_id')
      .where('sweep_id', '=', id)
      .orderBy('training_run.id')
      .execute();
    return rows.map((row) => runOf(row, row.model_id));
  }

  requestCancel(id: number): Promise<number[]> {
    return this.db.transaction().execute(async (transaction) => {
      // A write first, so that what is read after it stays true until the commit.
      await transaction
        .updateTable('sweep')
        .set(({ ref }) => ({ seed: ref('seed') }))
        .where('id', '=', id)
        .execute();
      const runs = await transaction
        .selectFrom('training_run')
        .select('id')
        .where('sweep_id', '=', id)
        .execute();
      return cancelRuns(
        transaction,
        runs.map((run) => run.id),
      );
    });
  }
}

function sweepOf(row: Selectable<SweepTable>): Sweep {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    architecture: row.architecture,
    hyperparameters: JSON.parse(row.hyperparameters) as Hyperparameters,
    dials: JSON.parse(row.dials) as SweptDial[],
    input: inputOf(row.input),
    budgetSeconds: row.budget_seconds,
    seed: row.seed,
    createdAt: dateOf(row.created_at),
  };
}
