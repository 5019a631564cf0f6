import type { Kysely, Migration } from 'kysely';

/** Plain SQL types only, so that PostgreSQL takes the same statements. */
export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('dataset')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('imported_count', 'integer', (column) => column.notNull())
      .addColumn('expected_count', 'integer', (column) => column.notNull())
      .addColumn('import_error', 'text')
      .addColumn('active_model_id', 'integer')
      .addColumn('first_run_queued', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('image')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('dataset_id', 'integer', (column) =>
        column.notNull().references('dataset.id').onDelete('cascade'),
      )
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('blob_id', 'text', (column) => column.notNull())
      .addColumn('format', 'text', (column) => column.notNull())
      .addColumn('width', 'integer', (column) => column.notNull())
      .addColumn('height', 'integer', (column) => column.notNull())
      .addColumn('channels', 'integer', (column) => column.notNull())
      .addColumn('byte_length', 'integer', (column) => column.notNull())
      .addColumn('label', 'text')
      .addColumn('split', 'text', (column) => column.notNull())
      .addUniqueConstraint('image_name', ['dataset_id', 'name'])
      .execute();
    await db.schema
      .createIndex('image_by_label')
      .on('image')
      .columns(['dataset_id', 'split', 'label', 'id'])
      .execute();
    await createRunTables(db);
    await createModelTables(db);
  },
};

async function createRunTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('training_run')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('dataset_id', 'integer', (column) =>
      column.notNull().references('dataset.id').onDelete('cascade'),
    )
    .addColumn('architecture', 'text', (column) => column.notNull())
    .addColumn('hyperparameters', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('phase', 'text')
    .addColumn('phase_progress', 'real', (column) => column.notNull())
    .addColumn('epochs_done', 'integer', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('cancel_requested', 'integer', (column) => column.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema
    .createTable('epoch')
    .addColumn('run_id', 'integer', (column) =>
      column.notNull().references('training_run.id').onDelete('cascade'),
    )
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('loss', 'double precision', (column) => column.notNull())
    .addColumn('seconds', 'double precision', (column) => column.notNull())
    .addColumn('finished_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('epoch_key', ['run_id', 'epoch'])
    .execute();
  await db.schema
    .createTable('epoch_reconstruction')
    .addColumn('run_id', 'integer', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('image_id', 'integer', (column) =>
      column.notNull().references('image.id').onDelete('cascade'),
    )
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('epoch_reconstruction_key', ['run_id', 'epoch', 'image_id'])
    .addForeignKeyConstraint(
      'epoch_reconstruction_epoch',
      ['run_id', 'epoch'],
      'epoch',
      ['run_id', 'epoch'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createTable('checkpoint')
    .addColumn('run_id', 'integer', (column) =>
      column.primaryKey().references('training_run.id').onDelete('cascade'),
    )
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('blob_id', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('run_log')
    .addColumn('run_id', 'integer', (column) =>
      column.notNull().references('training_run.id').onDelete('cascade'),
    )
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_log_key', ['run_id', 'line'])
    .execute();
}

async function createModelTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('model')
    .addColumn('id', 'integer', (column) =>
      column.primaryKey().references('training_run.id').onDelete('restrict'),
    )
    .addColumn('dataset_id', 'integer', (column) =>
      column.notNull().references('dataset.id').onDelete('cascade'),
    )
    .addColumn('architecture', 'text', (column) => column.notNull())
    .addColumn('hyperparameters', 'text', (column) => column.notNull())
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('latent_size', 'integer', (column) => column.notNull())
    .addColumn('layers', 'text', (column) => column.notNull())
    .addColumn('weights_blob_id', 'text', (column) => column.notNull())
    .addColumn('evaluation', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('model_index')
    .addColumn('model_id', 'integer', (column) =>
      column.notNull().references('model.id').onDelete('cascade'),
    )
    .addColumn('split', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('metric', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('m', 'integer', (column) => column.notNull())
    .addColumn('ef_construction', 'integer', (column) => column.notNull())
    .addColumn('ef_search', 'integer', (column) => column.notNull())
    .addColumn('build_seconds', 'double precision', (column) => column.notNull())
    .addColumn('byte_length', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('model_index_key', ['model_id', 'split'])
    .execute();
  await db.schema
    .createTable('embedding')
    .addColumn('model_id', 'integer', (column) => column.notNull())
    .addColumn('image_id', 'integer', (column) =>
      column.notNull().references('image.id').onDelete('cascade'),
    )
    .addColumn('vector', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('embedding_key', ['model_id', 'image_id'])
    .execute();
}
