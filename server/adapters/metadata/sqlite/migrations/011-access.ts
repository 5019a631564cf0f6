import type { Kysely, Migration } from 'kysely';

/** Who may do what: keys, the datasets that they are kept to, and the sessions of browsers. */
export const access: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('access_key')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('role', 'text', (column) => column.notNull())
      // A key that is kept to datasets which are all gone by now is not one for all of them.
      .addColumn('is_scoped', 'integer', (column) => column.notNull())
      .addColumn('from_setting', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .addColumn('last_used_at', 'bigint')
      .execute();
    await db.schema
      .createTable('access_key_dataset')
      .addColumn('key_id', 'integer', (column) =>
        column.notNull().references('access_key.id').onDelete('cascade'),
      )
      .addColumn('dataset_id', 'integer', (column) =>
        column.notNull().references('dataset.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('access_key_dataset_key', ['key_id', 'dataset_id'])
      .execute();
    await db.schema
      .createTable('session')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('key_id', 'integer', (column) =>
        column.notNull().references('access_key.id').onDelete('cascade'),
      )
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('previous_hash', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('rotated_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
