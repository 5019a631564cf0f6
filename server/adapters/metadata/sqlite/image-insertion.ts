import { sql, type Insertable, type Transaction } from 'kysely';
import type { MetadataEntry, NewImage } from '../../../domain/image.js';
import { insertMetadata } from './image-metadata.js';
import { rowOf } from './image-rows.js';
import type { ImageTable, Tables } from './tables.js';

/**
 * Adds images that one statement takes, and leaves those whose name is there already. Rows are asked
 * back only where metadata has to be hung on them: that costs as much as a read.
 */
export async function insertBatch(
  transaction: Transaction<Tables>,
  images: readonly NewImage[],
  now: number,
): Promise<void> {
  const rows = images.map((image) => rowOf(image, now));
  if (images.every(({ metadata }) => metadata.length === 0)) {
    if (!(await insertAsJson(transaction, rows))) await insertion(transaction, rows).execute();
    return;
  }
  const inserted = await insertion(transaction, rows)
    .returning(['id', 'dataset_id', 'name'])
    .execute();
  const idOf = new Map(inserted.map((row) => [`${row.dataset_id}/${row.name}`, row.id]));
  const metadata = new Map<number, readonly MetadataEntry[]>();
  for (const image of images) {
    const id = idOf.get(`${image.datasetId}/${image.name}`);
    // The first of two images of one name is the one that was inserted.
    if (id !== undefined && !metadata.has(id)) metadata.set(id, image.metadata);
  }
  await insertMetadata(transaction, metadata);
}

function insertion(transaction: Transaction<Tables>, rows: readonly Insertable<ImageTable>[]) {
  return transaction
    .insertInto('image')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['dataset_id', 'name']).doNothing());
}

/** Characters that JSON can say and SQLite reads otherwise: NUL, and halves of pairs. */
const READ_OTHERWISE = /\\u(?:0000|d[89a-f])/;

/**
 * `insertion` with all rows as one JSON text: to parse, compile and bind a parameter for each of
 * 13 x 500 values takes as long as all that SQLite does with them. The text has the rows in their
 * order, so they get the same ids.
 * @returns false where nothing was inserted, for the text would be read otherwise
 */
async function insertAsJson(
  transaction: Transaction<Tables>,
  rows: readonly Insertable<ImageTable>[],
): Promise<boolean> {
  const columns = Object.keys(rows[0] ?? {});
  const text = JSON.stringify(rows.map((row) => Object.values(row)));
  if (READ_OTHERWISE.test(text)) return false;
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const values = sql.join(columns.map((_, position) => sql`value ->> ${sql.lit(position)}`));
  await sql`
    insert into image (${names}) select ${values} from json_each(${text}) where true
    on conflict (dataset_id, name) do nothing`.execute(transaction);
  return true;
}
