import type { Transaction } from 'kysely';
import type { MetadataEntry, NewImage } from '../../../domain/image.js';
import { insertMetadata } from './image-metadata.js';
import { rowOf } from './image-rows.js';
import type { Tables } from './tables.js';

/**
 * Adds images that one statement takes, and leaves those whose name is there already. Rows are asked
 * back only where metadata has to be hung on them: that costs as much as a read.
 */
export async function insertBatch(
  transaction: Transaction<Tables>,
  images: readonly NewImage[],
  now: number,
): Promise<void> {
  const insertion = transaction
    .insertInto('image')
    .values(images.map((image) => rowOf(image, now)))
    .onConflict((conflict) => conflict.columns(['dataset_id', 'name']).doNothing());
  if (images.every(({ metadata }) => metadata.length === 0)) {
    await insertion.execute();
    return;
  }
  const inserted = await insertion.returning(['id', 'dataset_id', 'name']).execute();
  const idOf = new Map(inserted.map((row) => [`${row.dataset_id}/${row.name}`, row.id]));
  const metadata = new Map<number, readonly MetadataEntry[]>();
  for (const image of images) {
    const id = idOf.get(`${image.datasetId}/${image.name}`);
    // The first of two images of one name is the one that was inserted.
    if (id !== undefined && !metadata.has(id)) metadata.set(id, image.metadata);
  }
  await insertMetadata(transaction, metadata);
}
