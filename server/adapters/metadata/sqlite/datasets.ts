import { sql, type Insertable, type Selectable } from 'kysely';
import type { Dataset, DatasetStatus, LabelCount, Refusal } from '../../../domain/dataset.js';
import { LookalikeError } from '../../../domain/errors.js';
import type { Datasets, ImportState, LabelWindow } from '../../../ports/datasets.js';
import type { OpenDatabase } from './database.js';
import { deleteDataset } from './dataset-deletion.js';
import { dateOf } from './instants.js';
import { countLabels, labelCounts } from './labels.js';
import * as refusals from './refusals.js';
import type { DatasetTable } from './tables.js';
import { UnchangedRows } from './unchanged-rows.js';

export class SqliteDatasets implements Datasets {
  private readonly rows: UnchangedRows<Dataset>;

  constructor(private readonly db: OpenDatabase) {
    this.rows = new UnchangedRows(db.changes, (id) => this.read(id));
  }

  async isUntouched(): Promise<boolean> {
    // SQLite keeps the largest id that an autoincrement column ever gave out.
    const given = await sql<{ seq: number }>`
      select seq from sqlite_sequence where name = 'dataset'`.execute(this.db);
    return given.rows.length === 0;
  }

  async list(): Promise<Dataset[]> {
    const rows = await this.db.selectFrom('dataset').selectAll().orderBy('id').execute();
    return rows.map(datasetOf);
  }

  byId(id: number): Promise<Dataset | null> {
    return this.rows.byId(id);
  }

  known(id: number): Dataset | null {
    return this.rows.known(id);
  }

  async byName(name: string): Promise<Dataset | null> {
    const row = await this.db
      .selectFrom('dataset')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
    return row ? datasetOf(row) : null;
  }

  async create(name: string, title: string): Promise<Dataset | null> {
    const row = await this.db
      .insertInto('dataset')
      .values(emptyRow(name, title, 'READY'))
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returningAll()
      .executeTakeFirst();
    return row ? datasetOf(row) : null;
  }

  async findOrCreate(name: string, title: string): Promise<Dataset> {
    await this.db
      .insertInto('dataset')
      .values(emptyRow(name, title, 'IMPORTING'))
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

  async recount(id: number): Promise<number> {
    const row = await this.db
      .updateTable('dataset')
      .set(({ selectFrom }) => ({
        imported_count: selectFrom('image')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('dataset_id', '=', id),
      }))
      .where('id', '=', id)
      .returning('imported_count')
      .executeTakeFirst();
    return row?.imported_count ?? 0;
  }

  async setFirstRunQueued(id: number): Promise<void> {
    await this.db
      .updateTable('dataset')
      .set({ first_run_queued: 1 })
      .where('id', '=', id)
      .execute();
  }

  labelCounts(id: number, window?: LabelWindow): Promise<LabelCount[]> {
    return labelCounts(this.db, id, window);
  }

  countLabels(id: number): Promise<number> {
    return countLabels(this.db, id);
  }

  putRefusals(id: number, refused: readonly Omit<Refusal, 'at'>[]): Promise<void> {
    return refusals.put(this.db, id, refused);
  }

  refusals(id: number, afterName: string | null, limit: number): Promise<Refusal[]> {
    return refusals.page(this.db, id, afterName, limit);
  }

  countRefusals(id: number): Promise<number> {
    return refusals.count(this.db, id);
  }

  clearRefusals(id: number, names: readonly string[] | null): Promise<void> {
    return refusals.clear(this.db, id, names);
  }

  delete(id: number): ReturnType<Datasets['delete']> {
    return this.db.transaction().execute((transaction) => deleteDataset(transaction, id));
  }

  private async read(id: number): Promise<Dataset | null> {
    const row = await this.db
      .selectFrom('dataset')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? datasetOf(row) : null;
  }
}

function emptyRow(name: string, title: string, status: DatasetStatus): Insertable<DatasetTable> {
  return {
    name,
    title,
    status,
    imported_count: 0,
    expected_count: 0,
    first_run_queued: 0,
    created_at: Date.now(),
  };
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
