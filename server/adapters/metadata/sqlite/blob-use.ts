import { sql } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { BlobId } from '../../../domain/image.js';
import type { Database } from './database.js';

const IDS_PER_SELECT = 1000;
/** What the index of images by blob holds of an id. */
const INDEXED_CHARACTERS = 12;

/** As the index has it, letter for letter: else it does not serve. */
export const startOfBlobId = sql<string>`substr(blob_id, 1, 12)`;

/** Those of the blobs that no row of any table bears (any more), each once. */
export async function unusedBlobs(db: Database, blobIds: Iterable<BlobId>): Promise<BlobId[]> {
  const unused = new Set(blobIds);
  for (const batch of inBatches([...unused], IDS_PER_SELECT)) {
    const starts = batch.map((id) => id.slice(0, INDEXED_CHARACTERS));
    const used = await db
      .selectFrom('image')
      .select('blob_id as id')
      .where(startOfBlobId, 'in', starts)
      .where('blob_id', 'in', batch)
      .union((eb) =>
        eb
          .selectFrom('image')
          .select('thumbnail_blob_id as id')
          .$narrowType<{ id: string }>()
          .where('thumbnail_blob_id', 'in', batch),
      )
      .union((eb) =>
        eb.selectFrom('epoch_reconstruction').select('blob_id as id').where('blob_id', 'in', batch),
      )
      .union((eb) =>
        eb.selectFrom('checkpoint').select('blob_id as id').where('blob_id', 'in', batch),
      )
      .union((eb) =>
        eb.selectFrom('best_checkpoint').select('blob_id as id').where('blob_id', 'in', batch),
      )
      .union((eb) =>
        eb
          .selectFrom('model')
          .select('weights_blob_id as id')
          .where('weights_blob_id', 'in', batch),
      )
      .union((eb) =>
        eb
          .selectFrom('embedding_map')
          .select('blob_id as id')
          .$narrowType<{ id: string }>()
          .where('blob_id', 'in', batch),
      )
      .execute();
    for (const { id } of used) unused.delete(id);
  }
  return [...unused];
}
