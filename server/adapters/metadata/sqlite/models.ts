import type { Selectable, Transaction } from 'kysely';
import type { Hyperparameters } from '../../../domain/architecture.js';
import type {
  Evaluation,
  InputSpec,
  Layer,
  Model,
  ModelIndex,
  NewModel,
} from '../../../domain/model.js';
import type { Models } from '../../../ports/models.js';
import type { Database } from './database.js';
import { dateOf } from './instants.js';
import type { ModelIndexTable, ModelTable, Tables } from './tables.js';

export class SqliteModels implements Models {
  constructor(private readonly db: Database) {}

  async byId(id: number): Promise<Model | null> {
    const row = await this.db
      .selectFrom('model')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? modelOf(row, await this.indexesOf([id])) : null;
  }

  async list(datasetId: number | null): Promise<Model[]> {
    let query = this.db.selectFrom('model').selectAll().orderBy('id', 'desc');
    if (datasetId !== null) query = query.where('dataset_id', '=', datasetId);
    const rows = await query.execute();
    const indexes = await this.indexesOf(rows.map(({ id }) => id));
    return rows.map((row) => modelOf(row, indexes));
  }

  async replaceIndex(modelId: number, replacedId: string, index: ModelIndex): Promise<boolean> {
    const replaced = await this.db
      .updateTable('model_index')
      .set(indexRowOf(modelId, index))
      .where('model_id', '=', modelId)
      .where('id', '=', replacedId)
      .executeTakeFirst();
    return replaced.numUpdatedRows > 0n;
  }

  async delete(id: number): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      const deleted = await transaction
        .deleteFrom('model')
        .where('id', '=', id)
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('dataset').select('id').where('active_model_id', '=', id))),
        )
        .executeTakeFirst();
      if (deleted.numDeletedRows === 0n) return false;
      await transaction.deleteFrom('embedding').where('model_id', '=', id).execute();
      return true;
    });
  }

  private indexesOf(modelIds: readonly number[]): Promise<Selectable<ModelIndexTable>[]> {
    return this.db
      .selectFrom('model_index')
      .selectAll()
      .where('model_id', 'in', modelIds)
      .orderBy('split', 'desc')
      .execute();
  }
}

/** Adds a model's rows; part of the transaction that ends its run. */
export async function insertModel(
  transaction: Transaction<Tables>,
  model: NewModel,
): Promise<void> {
  await transaction
    .insertInto('model')
    .values({
      id: model.id,
      dataset_id: model.datasetId,
      architecture: model.architecture,
      hyperparameters: JSON.stringify(model.hyperparameters),
      input: JSON.stringify(model.input),
      latent_size: model.latentSize,
      layers: JSON.stringify(model.layers),
      weights_blob_id: model.weightsBlobId,
      evaluation: JSON.stringify(model.evaluation),
      created_at: Date.now(),
    })
    .execute();
  const rows = model.indexes.map((index) => indexRowOf(model.id, index));
  if (rows.length > 0) await transaction.insertInto('model_index').values(rows).execute();
}

function indexRowOf(modelId: number, index: ModelIndex): ModelIndexTable {
  return {
    model_id: modelId,
    split: index.split,
    id: index.id,
    metric: index.metric,
    size: index.size,
    m: index.m,
    ef_construction: index.efConstruction,
    ef_search: index.efSearch,
    build_seconds: index.buildSeconds,
    byte_length: index.byteLength,
  };
}

function indexOf(row: Selectable<ModelIndexTable>): ModelIndex {
  return {
    id: row.id,
    split: row.split,
    metric: row.metric,
    size: row.size,
    m: row.m,
    efConstruction: row.ef_construction,
    efSearch: row.ef_search,
    buildSeconds: row.build_seconds,
    byteLength: row.byte_length,
  };
}

function modelOf(
  row: Selectable<ModelTable>,
  indexes: readonly Selectable<ModelIndexTable>[],
): Model {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    architecture: row.architecture,
    hyperparameters: JSON.parse(row.hyperparameters) as Hyperparameters,
    input: JSON.parse(row.input) as InputSpec,
    latentSize: row.latent_size,
    layers: JSON.parse(row.layers) as Layer[],
    weightsBlobId: row.weights_blob_id,
    evaluation: JSON.parse(row.evaluation) as Evaluation,
    indexes: indexes.filter(({ model_id }) => model_id === row.id).map(indexOf),
    createdAt: dateOf(row.created_at),
  };
}
