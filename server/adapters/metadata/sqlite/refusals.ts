import { inBatches } from '../../../domain/batches.js';
import type { Refusal } from '../../../domain/dataset.js';
import type { Database } from './database.js';
import { dateOf } from './instants.js';

const ROWS_PER_STATEMENT = 1000;

/** Notes refusals; of a name that is there already the newer one stays. */
export async function put(
  db: Database,
  datasetId: number,
  refused: readonly Omit<Refusal, 'at'>[],
): Promise<void> {
  const at = Date.now();
  await db.transaction().execute(async (transaction) => {
    for (const batch of inBatches(refused, ROWS_PER_STATEMENT)) {
      await transaction
        .insertInto('refusal')
        .values(
          batch.map(({ name, code, message }) => ({
            dataset_id: datasetId,
            name,
            code,
            message,
            at,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['dataset_id', 'name']).doUpdateSet(({ ref }) => ({
            code: ref('excluded.code'),
            message: ref('excluded.message'),
            at: ref('excluded.at'),
          })),
        )
        .execute();
    }
  });
}

/** Ordered by name, from after the given one. */
export async function page(
  db: Database,
  datasetId: number,
  afterName: string | null,
  limit: number,
): Promise<Refusal[]> {
  let query = db
    .selectFrom('refusal')
    .select(['name', 'code', 'message', 'at'])
    .where('dataset_id', '=', datasetId)
    .orderBy('name')
    .limit(limit);
  if (afterName !== null) query = query.where('name', '>', afterName);
  return (await query.execute()).map((row) => ({ ...row, at: dateOf(row.at) }));
}

export async function count(db: Database, datasetId: number): Promise<number> {
  const row = await db
    .selectFrom('refusal')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('dataset_id', '=', datasetId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Forgets the refusals of these names; null forgets all. */
export async function clear(
  db: Database,
  datasetId: number,
  names: readonly string[] | null,
): Promise<void> {
  const deletion = db.deleteFrom('refusal').where('dataset_id', '=', datasetId);
  if (names === null) {
    await deletion.execute();
    return;
  }
  for (const batch of inBatches(names, ROWS_PER_STATEMENT)) {
    await deletion.where('name', 'in', batch).execute();
  }
}
