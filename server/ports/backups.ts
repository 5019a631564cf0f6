import type { Fingerprint } from '../domain/bundle.js';
import type { BlobId } from '../domain/image.js';

/** The tables as they were at one moment. */
export interface MetadataSnapshot {
  readonly migrations: readonly string[];
  /** Those that rows bear, in batches; some come more than once. */
  blobIds(): AsyncIterable<readonly BlobId[]>;
  /** Of all models. */
  indexIds(): readonly string[];
  /** The tables as a file. */
  pieces(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Copies of the tables, also while others write to them. */
export interface MetadataSnapshots {
  /** The blobs that rows bear by now, as `MetadataSnapshot.blobIds`. */
  blobIds(): AsyncIterable<readonly BlobId[]>;
  /** Without what must not be copied: the sessions. */
  take(): Promise<MetadataSnapshot>;
}

/** What lies in a data directory as files of their own beside the blobs. */
export interface DataFiles {
  /** The files of an index, as paths from the data directory; none where it is not there. */
  indexFiles(id: string): Promise<string[]>;
  /** The bundles that wait to be imported, likewise. */
  waitingBundles(): Promise<string[]>;
  /** In pieces; null where it is not there (any more). What is opened can be read to its end. */
  open(file: string): Promise<AsyncIterable<Uint8Array> | null>;
}

/** A file that is being written aside: whoever looks for it finds it whole or not at all. */
export interface BackupFile {
  /** Appends a whole file. */
  add(name: string, bytes: Uint8Array): Promise<void>;
  /** Appends a file that comes in pieces. @returns what all of it was */
  addPieces(name: string, pieces: AsyncIterable<Uint8Array>): Promise<Fingerprint>;
  /** Ends it and puts it in its place, on disk. @returns its bytes @throws LookalikeError BACKUP_EXISTS */
  publish(): Promise<number>;
  /** Takes away what is aside: all of it, unless it is published. Called at the end, whatever that is. */
  discard(): Promise<void>;
}

/** A backup that can be looked into. */
export interface BackupReader {
  readonly byteLength: number;
  names(): Iterable<string>;
  /** @throws LookalikeError BACKUP_INVALID where it is not there, too large, or another one */
  read(name: string, maxBytes: number, sha256: string | null): Promise<Uint8Array>;
  /** @throws LookalikeError BACKUP_INVALID as `read`, at the latest after the last piece */
  open(name: string, expected: Fingerprint): AsyncIterable<Uint8Array>;
  close(): void;
}

/** An empty data directory that is being filled: no server takes it before it is whole. */
export interface FilledDirectory {
  /** Blobs as `Blobs.putMany`. */
  putBlobs(blobs: readonly Uint8Array[]): Promise<BlobId[]>;
  /** A file by its path from the data directory. */
  write(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** The blobs that the rows of the tables bear, which have been written. */
  blobIds(): AsyncIterable<readonly BlobId[]>;
  /** Makes it a data directory. */
  publish(): Promise<void>;
  /** Leaves it empty; does nothing once it is published. */
  discard(): Promise<void>;
}
