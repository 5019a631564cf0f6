import type { BlobId } from '../domain/image.js';

/** Immutable bytes named by their SHA-256. What `put` has answered for survives a crash. */
export interface Blobs {
  put(bytes: Uint8Array): Promise<BlobId>;
  putMany(blobs: readonly Uint8Array[]): Promise<BlobId[]>;
  /** @throws LookalikeError BLOB_MISSING, BLOB_CORRUPT */
  get(id: BlobId): Promise<Uint8Array>;
  /** In the order of the ids. @throws LookalikeError BLOB_MISSING, BLOB_CORRUPT */
  getMany(ids: readonly BlobId[]): Promise<Uint8Array[]>;
  delete(id: BlobId): Promise<void>;
  /** Those that are not there are left out. */
  deleteMany(ids: readonly BlobId[]): Promise<void>;
}
