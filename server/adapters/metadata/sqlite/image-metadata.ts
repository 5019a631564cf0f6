import type { Transaction } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { MetadataEntry } from '../../../domain/image.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

const ROWS_PER_INSERT = 5000;
const IDS_PER_SELECT = 1000;

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
  const rows = await db
    .selectFrom('image_metadata')
    .innerJoin('image', 'image.id', 'image_metadata.image_id')
    .select('key')
    .distinct()
    .where('image.dataset_id', '=', datasetId)
    .orderBy('key')
    .execute();
  return rows.map(({ key }) => key);
}
