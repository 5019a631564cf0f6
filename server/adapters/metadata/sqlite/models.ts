import type { ExpressionBuilder, Selectable } from 'kysely';
import { notFound } from '../../../domain/errors.js';
import type { BlobId } from '../../../domain/image.js';
import type { Model, ModelIndex } from '../../../domain/model.js';
import type { ImportedModel, Models } from '../../../ports/models.js';
import type { OpenDatabase } from './database.js';
import { doom } from './doomed-blobs.js';
import { forgetEmbeddingsInTurns } from './embedding-deletion.js';
import { insertImported } from './model-import.js';
import { indexRowOf, modelOf } from './model-rows.js';
import type { ModelIndexTable, Tables } from './tables.js';
import { UnchangedRows } from './unchanged-rows.js';

export class SqliteModels implements Models {
  private readonly rows: UnchangedRows<Model>;

  constructor(private readonly db: OpenDatabase) {
    this.rows = new UnchangedRows(db.changes, (id) => this.read(id));
  }

  byId(id: number): Promise<Model | null> {
    return this.rows.byId(id);
  }

  known(id: number): Model | null {
    return this.rows.known(id);
  }

  async list(datasetId: number | null): Promise<Model[]> {
    let query = this.db.selectFrom('model').selectAll().orderBy('id', 'desc');
    if (datasetId !== null) query = query.where('dataset_id', '=', datasetId);
    const rows = await query.execute();
    const indexes = await this.indexesOf(rows.map(({ id }) => id));
    return rows.map((row) => modelOf(row, indexes));
  }

  async import(model: ImportedModel): Promise<Model> {
    const id = await this.db
      .transaction()
      .execute((transaction) => insertImported(transaction, model));
    const imported = await this.byId(id);
    if (!imported) throw notFound('MODEL_NOT_FOUND', id);
    return imported;
  }

  async putIndex(modelId: number, replacedId: string | null, index: ModelIndex): Promise<boolean> {
    const row = indexRowOf(modelId, index);
    if (replacedId === null) return this.addIndex(row);
    const replaced = await this.db
      .updateTable('model_index')
      .set(row)
      .where('model_id', '=', modelId)
      .where('split', '=', index.split)
      .where('id', '=', replacedId)
      .executeTakeFirst();
    return replaced.numUpdatedRows > 0n;
  }

  async delete(id: number): Promise<BlobId[] | null> {
    const blobIds = await this.db.transaction().execute(async (transaction) => {
      const maps = await transaction
        .deleteFrom('embedding_map')
        .where('model_id', '=', id)
        .where(isNotActive(id))
        .returning('blob_id')
        .execute();
      const deleted = await transaction
        .deleteFrom('model')
        .where('id', '=', id)
        .where(isNotActive(id))
        .returning('weights_blob_id')
        .executeTakeFirst();
      const drawn = maps.flatMap(({ blob_id }) => blob_id ?? []);
      return deleted ? doom(transaction, [deleted.weights_blob_id, ...drawn]) : null;
    });
    if (blobIds) await forgetEmbeddingsInTurns(this.db, id);
    return blobIds;
  }

  private async read(id: number): Promise<Model | null> {
    const row = await this.db
      .selectFrom('model')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? modelOf(row, await this.indexesOf([id])) : null;
  }

  /** Adds a row whose model is there, and whose split has none. */
  private async addIndex(row: ModelIndexTable): Promise<boolean> {
    const columns = Object.keys(row) as (keyof ModelIndexTable)[];
    const added = await this.db
      .insertInto('model_index')
      .columns(columns)
      .expression((eb) =>
        eb
          .selectFrom('model')
          .select(columns.map((column) => eb.val(row[column]).as(column)))
          .where('model.id', '=', row.model_id),
      )
      .onConflict((conflict) => conflict.columns(['model_id', 'split']).doNothing())
      .executeTakeFirst();
    return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
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

/** Of rows that belong to a model: none while the model answers searches. */
function isNotActive(id: number) {
  return ({ not, exists, selectFrom }: ExpressionBuilder<Tables, 'model' | 'embedding_map'>) =>
    not(exists(selectFrom('dataset').select('dataset.id').where('active_model_id', '=', id)));
}
