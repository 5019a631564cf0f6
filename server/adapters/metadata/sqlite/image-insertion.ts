import type { Insertable, Transaction } from 'kysely';
import type { MetadataEntry, NewImage } from '../../../domain/image.js';
import type { BoundStatement } from '../../sqlite-writer/sqlite-writer.js';
import { executeAll } from './bound-statements.js';
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
    const asJson = insertionAsJson(rows);
    if (asJson) await executeAll(transaction, [asJson]);
    else await insertion(transaction, rows).execute();
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
 * `insertion` with what differs between the rows as one JSON text, and what is the same in all of them
 * said once: to parse, compile and bind a parameter for each of 13 x 500 values takes as long as all
 * that SQLite does with them. The text has the rows in their order, so they get the same ids.
 * @param rows at least one
 * @returns null where the text would be read otherwise
 */
export function insertionAsJson(rows: readonly Insertable<ImageTable>[]): BoundStatement | null {
  const first: Partial<Insertable<ImageTable>> = rows[0] ?? {};
  const columns = Object.keys(first) as (keyof Insertable<ImageTable>)[];
  const differing = columns.filter((column) => rows.some((row) => row[column] !== first[column]));
  const text = JSON.stringify(rows.map((row) => differing.map((column) => row[column])));
  if (READ_OTHERWISE.test(text)) return null;
  const parameters: (string | number | null)[] = [text];
  const values = columns.map((column) => {
    const place = differing.indexOf(column);
    if (place >= 0) return `value ->> ${place}`;
    parameters.push(first[column] ?? null);
    return `?${parameters.length}`;
  });
  const sql = `
    insert into image (${columns.join(', ')})
    select ${values.join(', ')} from json_each(?1) where true
    on conflict (dataset_id, name) do nothing`;
  return { sql, parameters };
}
