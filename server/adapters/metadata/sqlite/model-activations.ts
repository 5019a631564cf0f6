import type { Selectable, Transaction } from 'kysely';
import {
  modelToRollBackTo,
  type ActivationOutcome,
  type MeasuredComparison,
  type ModelActivation,
} from '../../../domain/model-activation.js';
import type { ModelActivations } from '../../../ports/model-activations.js';
import type { Database } from './database.js';
import { dateOf } from './instants.js';
import { activate } from './model-switch.js';
import type { ModelActivationTable, Tables } from './tables.js';

export class SqliteModelActivations implements ModelActivations {
  constructor(private readonly db: Database) {}

  activate(
    modelId: number,
    forced: boolean,
    measured: MeasuredComparison | null = null,
  ): Promise<ActivationOutcome | null> {
    const order = { modelId, cause: 'HAND', forced, measured } as const;
    return this.db.transaction().execute((transaction) => activate(transaction, order));
  }

  async rollBack(datasetId: number): Promise<number | null> {
    return this.db.transaction().execute(async (transaction) => {
      await takeWriteLock(transaction, datasetId);
      const history = await historyOf(transaction, datasetId);
      const models = await transaction
        .selectFrom('model')
        .select('id')
        .where('dataset_id', '=', datasetId)
        .execute();
      const present = new Set(models.map(({ id }) => id));
      const modelId = modelToRollBackTo(history, (id) => present.has(id));
      if (modelId !== null) {
        await activate(transaction, { modelId, cause: 'ROLL_BACK', forced: false });
      }
      return modelId;
    });
  }

  async list(datasetId: number): Promise<ModelActivation[]> {
    return (await historyOf(this.db, datasetId)).reverse();
  }
}

/** Before anything is read: else what is read may have changed by the time that something is written. */
async function takeWriteLock(transaction: Transaction<Tables>, datasetId: number): Promise<void> {
  await transaction
    .updateTable('dataset')
    .set(({ ref }) => ({ active_model_id: ref('active_model_id') }))
    .where('id', '=', datasetId)
    .execute();
}

/** The oldest first. */
async function historyOf(db: Database, datasetId: number): Promise<ModelActivation[]> {
  const rows = await db
    .selectFrom('model_activation')
    .selectAll()
    .where('dataset_id', '=', datasetId)
    .orderBy('id')
    .execute();
  return rows.map(activationOf);
}

function activationOf(row: Selectable<ModelActivationTable>): ModelActivation {
  return {
    datasetId: row.dataset_id,
    modelId: row.model_id,
    previousModelId: row.previous_model_id,
    cause: row.cause,
    forced: row.forced !== 0,
    at: dateOf(row.at),
  };
}
