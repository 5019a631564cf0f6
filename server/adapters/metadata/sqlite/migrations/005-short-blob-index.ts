import { sql, type Kysely, type Migration } from 'kysely';

/**
 * The index of images by blob holds the first 12 characters of the id instead of all 64, and no columns
 * beside: an import writes a quarter of the pages, and those of a collision are told apart by the row.
 */
export const shortBlobIndex: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.dropIndex('image_by_blob').execute();
    await sql`create index image_by_blob_start on image (substr(blob_id, 1, 12))`.execute(db);
  },
};
