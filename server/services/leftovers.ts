import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { BlobId } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { DoomedBlobs } from '../ports/doomed-blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { WriteQueue } from './write-queue.js';

const BLOBS_PER_TURN = 500;

/** Deletes what is left when rows are gone, also after a crash came between the two. */
export class Leftovers {
  constructor(
    private readonly doomed: DoomedBlobs,
    private readonly blobs: Blobs,
    private readonly embeddings: Embeddings,
    private readonly writes: WriteQueue,
  ) {}

  /**
   * Deletes the bytes of blobs that were doomed with the last row that bore them. It has to be in the
   * turn of the write queue in which that row went.
   */
  async discard(blobIds: readonly BlobId[]): Promise<void> {
    await this.blobs.deleteMany(blobIds);
    await this.doomed.forget(blobIds);
  }

  /** Notes those of the blobs that no row bears, for `sweep`; in a turn of the write queue. */
  async noteUnused(blobIds: readonly BlobId[]): Promise<void> {
    await this.doomed.addUnused(blobIds);
  }

  /** Deletes what deletions and imports left that were cut off. */
  async sweep(): Promise<void> {
    for (;;) {
      const count = await this.writes.inTurn(async () => {
        const blobIds = await this.doomed.next(BLOBS_PER_TURN);
        await this.discard(blobIds);
        return blobIds.length;
      });
      if (count === 0) break;
      // The stores may answer without a turn of the event loop; requests must get theirs.
      await turnOfTheEventLoop();
    }
    await this.embeddings.deleteOrphans();
  }
}
