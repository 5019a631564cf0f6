import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Metadata, thumbnails and dates of images, failures of embedding, refusals of imports. Plain SQL
 * types only, and nothing that copies a table: a database of 70,000 images is ready in a second.
 */
export const ownPictures: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await extendImages(db);
    await extendModels(db);
    await createEmbeddingTables(db);
    await db.schema
      .createTable('refusal')
      .addColumn('dataset_id', 'integer', (column) =>
        column.notNull().references('dataset.id').onDelete('cascade'),
      )
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('message', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('refusal_key', ['dataset_id', 'name'])
      .execute();
  },
};

async function extendImages(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('image').addColumn('thumbnail_blob_id', 'text').execute();
  await db.schema
    .alterTable('image')
    .addColumn('has_alpha', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('image')
    .addColumn('added_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`
    update image set added_at =
      (select created_at from dataset where dataset.id = image.dataset_id)`.execute(db);
  // Finds who else bears some bytes, and those that several images of a dataset bear.
  await db.schema
    .createIndex('image_by_blob')
    .on('image')
    .columns(['blob_id', 'dataset_id', 'id'])
    .execute();
  await db.schema
    .createIndex('image_by_thumbnail')
    .on('image')
    .column('thumbnail_blob_id')
    .where('thumbnail_blob_id' as never, 'is not', null)
    .execute();
  await db.schema
    .createIndex('image_by_dataset')
    .on('image')
    .columns(['dataset_id', 'id'])
    .execute();
  await db.schema
    .createTable('image_metadata')
    .addColumn('image_id', 'integer', (column) =>
      column.notNull().references('image.id').onDelete('cascade'),
    )
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('image_metadata_key', ['image_id', 'key'])
    .execute();
  await db.schema
    .createIndex('image_metadata_by_value')
    .on('image_metadata')
    .columns(['key', 'value', 'image_id'])
    .execute();
}

async function extendModels(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('training_run').addColumn('input', 'text').execute();
  await db.schema.alterTable('model').addColumn('statistics', 'text').execute();
  // Without it, the deletion of each image would look through all reconstructions.
  await db.schema
    .createIndex('epoch_reconstruction_by_image')
    .on('epoch_reconstruction')
    .column('image_id')
    .execute();
}

async function createEmbeddingTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('embedding')
    .addColumn('reconstruction_error', 'double precision')
    .execute();
  await db.schema
    .createIndex('embedding_by_error')
    .on('embedding')
    .columns(['model_id', 'reconstruction_error desc', 'image_id'])
    .where('reconstruction_error' as never, 'is not', null)
    .execute();
  // As for reconstructions.
  await db.schema.createIndex('embedding_by_image').on('embedding').column('image_id').execute();
  await db.schema
    .createTable('embedding_failure')
    .addColumn('model_id', 'integer', (column) => column.notNull())
    .addColumn('image_id', 'integer', (column) =>
      column.notNull().references('image.id').onDelete('cascade'),
    )
    .addColumn('message', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('embedding_failure_key', ['model_id', 'image_id'])
    .execute();
  await db.schema
    .createIndex('embedding_failure_by_image')
    .on('embedding_failure')
    .column('image_id')
    .execute();
}
