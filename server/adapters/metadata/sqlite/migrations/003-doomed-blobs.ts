import type { Kysely, Migration } from 'kysely';

/** Blobs whose last row is gone, until their bytes are gone too. */
export const doomedBlobs: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('doomed_blob')
      .addColumn('blob_id', 'text', (column) => column.primaryKey())
      .execute();
  },
};
