import type { Kysely, Migration } from 'kysely';

/** Embeddings drawn in the plane; the table is also the queue of those that are to be drawn. */
export const embeddingMaps: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('embedding_map')
      .addColumn('model_id', 'integer', (column) =>
        column.notNull().references('model.id').onDelete('cascade'),
      )
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('progress', 'double precision', (column) => column.notNull())
      .addColumn('blob_id', 'text')
      .addColumn('failure', 'text')
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('cancel_requested', 'integer', (column) => column.notNull())
      .addColumn('lease_token', 'text')
      .addColumn('lease_expires_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .addPrimaryKeyConstraint('embedding_map_key', ['model_id', 'kind'])
      .execute();
  },
};
