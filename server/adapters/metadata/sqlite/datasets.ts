import type { Selectable } from 'kysely';
import type { Dataset, LabelCount } from '../../../domain/dataset.js';
import { LookalikeError } from '../../../domain/errors.js';
import type { Datasets, ImportState } from '../../../ports/datasets.js';
import type { Database } from './database.js';
import { dateOf } from './instants.js';
import type { DatasetTable } from './tables.js';

export class SqliteDatasets implements Datasets {
  constructor(private readonly db: Database) {}

  async list(): Promise<Dataset[]> {
    const rows = await this.db.selectFrom('dataset').selectAll().orderBy('id').execute();
    return rows.map(datasetOf);
  }

  async byId(id: number): Promise<Dataset | null> {
    const row = await this.db
      .selectFrom('dataset')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? datasetOf(row) : null;
  }

  async byName(name: string): Promise<Dataset | null> {
    const row = await this.db
      .selectFrom('dataset')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
    return row ? datasetOf(row) : null;
  }

  async findOrCreate(name: string, title: string): Promise<Dataset> {
    await this.db
      .insertInto('dataset')
      .values({
        name,
        title,
        status: 'IMPORTING',
        imported_count: 0,
        expected_count: 0,
        first_run_queued: 0,
        created_at: Date.now(),
      })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const dataset = await this.byName(name);
    if (!dataset) throw new LookalikeError('DATASET_NOT_FOUND');
    return dataset;
  }

  async setImportState(id: number, state: ImportState): Promise<void> {
    if (Object.keys(state).length === 0) return;
    await this.db
      .updateTable('dataset')
      .set({
        ...(state.status !== undefined && { status: state.status }),
        ...(state.importedCount !== undefined && { imported_count: state.importedCount }),
        ...(state.expectedCount !== undefined && { expected_count: state.expectedCount }),
        ...(state.importError !== undefined && { import_error: state.importError }),
      })
      .where('id', '=', id)
      .execute();
  }

  async activateModel(id: number, modelId: number): Promise<boolean> {
    const activated = await this.db
      .updateTable('dataset')
      .set({ active_model_id: modelId })
      .where('id', '=', id)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('model')
            .select('id')
            .where('id', '=', modelId)
            .whereRef('model.dataset_id', '=', 'dataset.id'),
        ),
      )
      .executeTakeFirst();
    return activated.numUpdatedRows > 0n;
  }

  async setFirstRunQueued(id: number): Promise<void> {
    await this.db
      .updateTable('dataset')
      .set({ first_run_queued: 1 })
      .where('id', '=', id)
      .execute();
  }

  async labelCounts(id: number): Promise<LabelCount[]> {
    const rows = await this.db
      .selectFrom('image')
      .select(['split', 'label', ({ fn }) => fn.countAll<number>().as('count')])
      .where('dataset_id', '=', id)
      .groupBy(['split', 'label'])
      .orderBy('split', 'desc')
      .orderBy('label')
      .execute();
    return rows.map(({ split, label, count }) => ({ split, label, count }));
  }
}

function datasetOf(row: Selectable<DatasetTable>): Dataset {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    status: row.status,
    importedCount: row.imported_count,
    expectedCount: row.expected_count,
    importError: row.import_error,
    activeModelId: row.active_model_id,
    firstRunQueued: row.first_run_queued !== 0,
    createdAt: dateOf(row.created_at),
  };
}
