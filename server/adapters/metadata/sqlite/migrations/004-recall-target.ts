import type { Kysely, Migration } from 'kysely';

/** What recall an index was to reach, and what was measured. Older indexes have neither. */
export const recallTarget: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('model_index')
      .addColumn('recall_target', 'double precision')
      .execute();
    await db.schema.alterTable('model_index').addColumn('recall_curve', 'text').execute();
  },
};
