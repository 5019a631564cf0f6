import type { Kysely, Migration } from 'kysely';

/** Sweeps, what a run is told by the one that it belongs to, and how long it was worked on. */
export const sweeps: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('sweep')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('dataset_id', 'integer', (column) =>
        column.notNull().references('dataset.id').onDelete('cascade'),
      )
      .addColumn('architecture', 'text', (column) => column.notNull())
      .addColumn('hyperparameters', 'text', (column) => column.notNull())
      .addColumn('dials', 'text', (column) => column.notNull())
      .addColumn('input', 'text', (column) => column.notNull())
      .addColumn('budget_seconds', 'double precision', (column) => column.notNull())
      .addColumn('seed', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .alterTable('training_run')
      .addColumn('sweep_id', 'integer', (column) => column.references('sweep.id'))
      .execute();
    await db.schema
      .alterTable('training_run')
      .addColumn('follows_sweep', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('training_run').addColumn('stop_reason', 'text').execute();
    await db.schema
      .alterTable('training_run')
      .addColumn('worked', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createIndex('training_run_of_sweep')
      .on('training_run')
      .column('sweep_id')
      .execute();
  },
};
