import { turnOfTheEventLoop } from '../../../domain/event-loop.js';
import { sql, type Transaction } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { MetadataEntry } from '../../../domain/image.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

const ROWS_PER_INSERT = 5000;
const IDS_PER_SELECT = 1000;
/** Looked at between two breaths for the event loop. */
const KEYS_PER_SELECT = 100;

/** Hangs entries on images that bear none yet. Of entries with one key the last one counts. */
export async function insertMetadata(
  transaction: Transaction<Tables>,
  metadata: ReadonlyMap<number, readonly MetadataEntry[]>,
): Promise<void> {
  const rows = [...metadata].flatMap(([imageId, entries]) =>
    [...new Map(entries.map(({ key, value }) => [key, value]))].map(([key, value]) => ({
      image_id: imageId,
      key,
      value,
    })),
  );
  for (const batch of inBatches(rows, ROWS_PER_INSERT)) {
    await transaction.insertInto('image_metadata').values(batch).execute();
  }
}

/** The entries of these images, ordered by key; images without any are left out. */
export async function metadataOf(
  db: Database,
  imageIds: readonly number[],
): Promise<Map<number, MetadataEntry[]>> {
  const found = new Map<number, MetadataEntry[]>();
  for (const batch of inBatches(imageIds, IDS_PER_SELECT)) {
    const rows = await db
      .selectFrom('image_metadata')
      .selectAll()
      .where('image_id', 'in', batch)
      .orderBy('image_id')
      .orderBy('key')
      .execute();
    for (const { image_id, key, value } of rows) {
      const entries = found.get(image_id);
      if (entries) entries.push({ key, value });
      else found.set(image_id, [{ key, value }]);
    }
  }
  return found;
}

/** The keys that images of a dataset bear, ordered. */
export async function keysIn(db: Database, datasetId: number): Promise<string[]> {
  const range = await db
    .selectFrom('image')
    .select((eb) => [eb.fn.min('id').as('first'), eb.fn.max('id').as('last')])
    .where('dataset_id', '=', datasetId)
    .executeTakeFirst();
  if (!range?.last) return [];
  const keys: string[] = [];
  let after: string | null = null;
  for (;;) {
    const rows = await someKeys(db, datasetId, range, after);
    keys.push(...rows.flatMap(({ key, isBorne }) => (isBorne ? [key] : [])));
    after = rows.at(-1)?.key ?? null;
    if (rows.length < KEYS_PER_SELECT || after === null) return keys;
    await turnOfTheEventLoop();
  }
}

/**
 * The next keys of all datasets, and whether images of this one bear them. The index by key is
 * entered anew behind each key: reading all entries would hold everything up.
 */
async function someKeys(
  db: Database,
  datasetId: number,
  { first, last }: { readonly first: number; readonly last: number },
  after: string | null,
): Promise<{ readonly key: string; readonly isBorne: number }[]> {
  const start = after === null ? sql`` : sql`where key > ${after}`;
  const { rows } = await sql<{ key: string; isBorne: number }>`
    with recursive keys (key) as (
      select min(key) from image_metadata ${start}
      union all
      select (select min(key) from image_metadata where key > keys.key)
      from keys where keys.key is not null
      limit ${KEYS_PER_SELECT}
    )
    select key, exists (
      select 1 from image_metadata as entry cross join image on image.id = entry.image_id
      where entry.key = keys.key and entry.image_id between ${first} and ${last}
        and image.dataset_id = ${datasetId}
    ) as isBorne
    from keys where key is not null`.execute(db);
  return rows;
}
