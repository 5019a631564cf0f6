import type { Kysely, Migration } from 'kysely';

/** Who did what. */
export const audit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // Without references: what was done stays told when the key or the session is gone.
    await db.schema
      .createTable('audit_entry')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('key_id', 'integer')
      .addColumn('session_id', 'integer')
      .addColumn('caller', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('is_refusal', 'integer', (column) => column.notNull())
      .execute();
    for (const column of ['caller', 'action', 'is_refusal']) {
      await db.schema
        .createIndex(`audit_entry_by_${column}`)
        .on('audit_entry')
        .column(column)
        .execute();
    }
  },
};
