import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Which models were active. Until now every model became active when its run succeeded: that much of the
 * past is known. Where another one is active by now, somebody's hand did it, at a time that nobody noted.
 */
export const modelActivations: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('model_activation')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('dataset_id', 'integer', (column) =>
        column.notNull().references('dataset.id').onDelete('cascade'),
      )
      .addColumn('model_id', 'integer', (column) => column.notNull())
      .addColumn('previous_model_id', 'integer')
      .addColumn('cause', 'text', (column) => column.notNull())
      .addColumn('forced', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('model_activation_of_dataset')
      .on('model_activation')
      .columns(['dataset_id', 'id'])
      .execute();
    const columns = sql`dataset_id, model_id, previous_model_id, cause, forced, at`;
    await sql`
      insert into model_activation (${columns})
      select dataset_id, id, lag(id) over (partition by dataset_id order by id), 'RUN', 0, created_at
      from model order by id`.execute(db);
    await sql`
      insert into model_activation (${columns})
      select dataset.id, active_model_id, newest.id, 'HAND', 0, newest.created_at
      from dataset join model newest
        on newest.id = (select max(id) from model where model.dataset_id = dataset.id)
      where active_model_id is not null and active_model_id <> newest.id`.execute(db);
  },
};
