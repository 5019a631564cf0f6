import type { Kysely, Migration } from 'kysely';

/** The request that started a run: the lines of its trainer are found by it. */
export const runOrigin: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ['request_id', 'traceparent']) {
      await db.schema.alterTable('training_run').addColumn(column, 'text').execute();
    }
  },
};
