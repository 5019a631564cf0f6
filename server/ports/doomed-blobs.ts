import type { BlobId } from '../domain/image.js';

/**
 * Blobs whose last row was deleted, noted in the same transaction, or whose rows never came: a crash before
 * their bytes are deleted does not leave those for ever.
 */
export interface DoomedBlobs {
  /** Notes those of the blobs that nobody bears. @returns them, each once */
  addUnused(ids: readonly BlobId[]): Promise<BlobId[]>;
  /** Up to so many that nobody bears now; those that somebody bears again are struck off. */
  next(limit: number): Promise<BlobId[]>;
  /** Strikes off those whose bytes are deleted. */
  forget(ids: readonly BlobId[]): Promise<void>;
}
