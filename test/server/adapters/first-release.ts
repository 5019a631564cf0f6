import { Migrator, sql } from 'kysely';
import {
  openDatabase,
  type OpenDatabase,
} from '../../../server/adapters/metadata/sqlite/database.js';
import { initial } from '../../../server/adapters/metadata/sqlite/migrations/001-initial.js';

export const IMPORTED_AT = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A database as the first release left it: two images, a run with its model, one embedding. */
export async function databaseOfFirstRelease(folder: string): Promise<OpenDatabase> {
  const database = openDatabase(folder);
  const migrations = { '001-initial': initial };
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest();
  if (error !== undefined) throw new Error('The first migration failed.', { cause: error });
  await insertInto(database, 'dataset', {
    id: 1,
    name: 'fashion-mnist',
    title: 'Fashion-MNIST',
    status: 'READY',
    imported_count: 2,
    expected_count: 2,
    active_model_id: 1,
    first_run_queued: 1,
    created_at: IMPORTED_AT,
  });
  for (const id of [1, 2]) {
    await insertInto(database, 'image', {
      id,
      dataset_id: 1,
      name: `train/${id}`,
      blob_id: `blob ${id}`,
      format: 'RAW',
      width: 28,
      height: 28,
      channels: 1,
      byte_length: 784,
      label: 'Bag',
      split: 'TRAIN',
    });
  }
  await insertInto(database, 'training_run', {
    id: 1,
    dataset_id: 1,
    architecture: 'conv-autoencoder',
    hyperparameters: '{"epochs":20}',
    status: 'SUCCEEDED',
    phase_progress: 0,
    epochs_done: 20,
    attempts: 0,
    cancel_requested: 0,
    created_at: IMPORTED_AT,
  });
  await insertInto(database, 'model', {
    id: 1,
    dataset_id: 1,
    architecture: 'conv-autoencoder',
    hyperparameters: '{"epochs":20}',
    input: '{"width":28,"height":28,"channels":1}',
    latent_size: 2,
    layers: '[]',
    weights_blob_id: 'weights',
    evaluation: '{"queryCount":0}',
    created_at: IMPORTED_AT,
  });
  const vector = new Uint8Array(Float32Array.from([0.5, -1]).buffer);
  await insertInto(database, 'model_index', {
    model_id: 1,
    split: 'TRAIN',
    id: 'index',
    metric: 'COSINE',
    size: 1,
    m: 16,
    ef_construction: 200,
    ef_search: 77,
    build_seconds: 1.5,
    byte_length: 1000,
  });
  await insertInto(database, 'embedding', { model_id: 1, image_id: 2, vector });
  return database;
}

/** The tables are typed as they are today: an old row is written column by column. */
async function insertInto(
  database: OpenDatabase,
  table: string,
  row: Readonly<Record<string, string | number | Uint8Array>>,
): Promise<void> {
  const columns = Object.keys(row).map((column) => sql.ref(column));
  const values = Object.values(row).map((value) => sql`${value}`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.execute(
    database,
  );
}

/** Adds rows that are as one of the table, but for their ids. */
export async function repeatRow(
  database: OpenDatabase,
  table: string,
  like: number,
  ids: readonly number[],
): Promise<void> {
  const found = await sql<Record<string, string | number>>`
    select * from ${sql.table(table)} where id = ${like}`.execute(database);
  for (const id of ids)
    for (const row of found.rows) await insertInto(database, table, { ...row, id });
}
