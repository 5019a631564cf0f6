import type { BlobId } from '../domain/image.js';

/** A blob as it lies there; without bytes where it is gone or does not match its checksum. */
export interface StoredBlob {
  readonly id: BlobId;
  readonly bytes: Uint8Array | null;
  readonly fault: 'BLOB_MISSING' | 'BLOB_CORRUPT' | null;
}

/** Blobs seen as what lies in the store, for those who look after all of it. */
export interface StoredBlobs {
  /** In the order of the ids, each once: never more than one large one is in memory. */
  read(ids: readonly BlobId[]): AsyncIterable<StoredBlob>;
  /** The ids of all that lies there, in batches. */
  list(): AsyncIterable<readonly BlobId[]>;
  /** What is wrong with the store itself, in words. */
  faults(): Promise<string[]>;
  /** Files of writes that were cut off. @returns how many there are, or were */
  sweepUnfinished(remove: boolean): Promise<number>;
}
