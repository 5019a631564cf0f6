import type { Transaction } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { BlobId } from '../../../domain/image.js';
import type { DoomedBlobs } from '../../../ports/doomed-blobs.js';
import { unusedBlobs } from './blob-use.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

const ROWS_PER_STATEMENT = 1000;

export class SqliteDoomedBlobs implements DoomedBlobs {
  constructor(private readonly db: Database) {}

  addUnused(ids: readonly BlobId[]): Promise<BlobId[]> {
    return this.db.transaction().execute(async (transaction) => {
      // A transaction that has only read must not write once another connection has.
      await note(transaction, new Set(ids));
      return strikeOffBorne(transaction, ids);
    });
  }

  async next(limit: number): Promise<BlobId[]> {
    for (;;) {
      const rows = await this.db
        .selectFrom('doomed_blob')
        .select('blob_id')
        .orderBy('blob_id')
        .limit(limit)
        .execute();
      const ids = rows.map((row) => row.blob_id);
      const unused = await strikeOffBorne(this.db, ids);
      if (unused.length > 0 || ids.length === 0) return unused;
    }
  }

  forget(ids: readonly BlobId[]): Promise<void> {
    return strikeOff(this.db, ids);
  }
}

/** Notes those of the blobs that no row bears any more. @returns them, each once */
export async function doom(
  transaction: Transaction<Tables>,
  blobIds: Iterable<BlobId>,
): Promise<BlobId[]> {
  const unused = await unusedBlobs(transaction, blobIds);
  await note(transaction, unused);
  return unused;
}

async function note(transaction: Transaction<Tables>, ids: Iterable<BlobId>): Promise<void> {
  for (const batch of inBatches([...ids], ROWS_PER_STATEMENT)) {
    await transaction
      .insertInto('doomed_blob')
      .values(batch.map((blob_id) => ({ blob_id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** @returns those that nobody bears, each once */
async function strikeOffBorne(db: Database, ids: readonly BlobId[]): Promise<BlobId[]> {
  const unused = await unusedBlobs(db, ids);
  const borne = new Set(ids);
  for (const id of unused) borne.delete(id);
  await strikeOff(db, [...borne]);
  return unused;
}

async function strikeOff(db: Database, ids: readonly BlobId[]): Promise<void> {
  for (const batch of inBatches(ids, ROWS_PER_STATEMENT)) {
    await db.deleteFrom('doomed_blob').where('blob_id', 'in', batch).execute();
  }
}
