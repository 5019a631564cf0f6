import type { Kysely, Migration } from 'kysely';

/** The validation score of an epoch, the neighbours of its probe images, the best checkpoint. */
export const validation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('epoch').addColumn('validation', 'text').execute();
    await db.schema
      .createTable('epoch_neighbours')
      .addColumn('run_id', 'integer', (column) => column.notNull())
      .addColumn('epoch', 'integer', (column) => column.notNull())
      .addColumn('image_id', 'integer', (column) =>
        column.notNull().references('image.id').onDelete('cascade'),
      )
      .addColumn('neighbour_ids', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('epoch_neighbours_key', ['run_id', 'epoch', 'image_id'])
      .addForeignKeyConstraint(
        'epoch_neighbours_epoch',
        ['run_id', 'epoch'],
        'epoch',
        ['run_id', 'epoch'],
        (constraint) => constraint.onDelete('cascade'),
      )
      .execute();
    // Without it, the deletion of each image would look through all of them.
    await db.schema
      .createIndex('epoch_neighbours_by_image')
      .on('epoch_neighbours')
      .column('image_id')
      .execute();
    await db.schema
      .createTable('best_checkpoint')
      .addColumn('run_id', 'integer', (column) =>
        column.primaryKey().references('training_run.id').onDelete('cascade'),
      )
      .addColumn('epoch', 'integer', (column) => column.notNull())
      .addColumn('blob_id', 'text', (column) => column.notNull())
      .execute();
  },
};
