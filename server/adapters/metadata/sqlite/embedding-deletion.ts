import { turnOfTheEventLoop } from '../../../domain/event-loop.js';
import { sql, type Transaction } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

const IDS_PER_STATEMENT = 1000;
/** Rows deleted between two turns of the event loop. */
const ROWS_PER_TURN = 2000;
const TABLES = ['embedding', 'embedding_failure'] as const;

/** Forgets all embeddings of models, and what could not be embedded, all or none. */
export async function forgetEmbeddings(
  transaction: Transaction<Tables>,
  modelIds: readonly number[],
): Promise<void> {
  for (const batch of inBatches(modelIds, IDS_PER_STATEMENT)) {
    for (const table of TABLES) {
      await transaction.deleteFrom(table).where('model_id', 'in', batch).execute();
    }
  }
}

/** The same of a model whose row is gone, a part at a time: others get their turns. */
export async function forgetEmbeddingsInTurns(db: Database, modelId: number): Promise<void> {
  for (const table of TABLES) {
    for (;;) {
      const { numDeletedRows } = await db
        .deleteFrom(table)
        .where('model_id', '=', modelId)
        .where('image_id', 'in', ({ selectFrom }) =>
          selectFrom(table)
            .select('image_id')
            .where('model_id', '=', modelId)
            .orderBy('image_id')
            .limit(ROWS_PER_TURN),
        )
        .executeTakeFirstOrThrow();
      if (numDeletedRows < BigInt(ROWS_PER_TURN)) break;
      await turnOfTheEventLoop();
    }
  }
}

/** Forgets embeddings of models that are gone: of runs that are gone, or that left their model. */
export async function forgetOrphans(db: Database): Promise<void> {
  for (const table of TABLES) {
    for (const modelId of await orphanedModels(db, table)) {
      await forgetEmbeddingsInTurns(db, modelId);
    }
  }
}

/** Steps from one model's rows to the next, for a scan of all rows would take its time. */
async function orphanedModels(db: Database, table: (typeof TABLES)[number]): Promise<number[]> {
  const rows = sql.table(table);
  const orphans = await sql<{ id: number }>`
    with recursive embedded(id) as (
      select min(model_id) from ${rows}
      union all
      select (select min(model_id) from ${rows} where model_id > embedded.id)
      from embedded where embedded.id is not null
    )
    select id from embedded
    where id is not null
      and not exists (select 1 from model where model.id = embedded.id)
      and not exists (
        select 1 from training_run
        where training_run.id = embedded.id and training_run.status <> 'SUCCEEDED'
      )`.execute(db);
  return orphans.rows.map(({ id }) => id);
}
