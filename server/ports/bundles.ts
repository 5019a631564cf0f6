import type { Fingerprint } from '../domain/bundle.js';

/** Takes the bytes of a bundle as they come; settles when it can take more. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

/** A bundle on its way out: files one after another. What the sink throws, every method throws. */
export interface BundleWriter {
  /** Appends a whole file. */
  add(name: string, bytes: Uint8Array): Promise<void>;
  /** Appends a file that comes in pieces. @returns what all of it was */
  addPieces(name: string, pieces: AsyncIterable<Uint8Array>): Promise<Fingerprint>;
  /** Ends the bundle. */
  finish(): Promise<void>;
}

/** A bundle that can be looked into. Its names are looked up, and never made paths of. */
export interface BundleReader {
  /** How many bytes a file is said to have; null where there is none of this name. */
  sizeOf(name: string): number | null;
  /**
   * A file in pieces, never more bytes of it than it is said to have.
   * @throws LookalikeError BUNDLE_INVALID, at the latest after the last piece, where the file is not
   * there, cannot be read, or is another one than expected
   */
  open(name: string, expected: Fingerprint): AsyncIterable<Uint8Array>;
  /**
   * A whole file of up to `maxBytes`. @param sha256 what it must be; null leaves that open
   * @throws LookalikeError BUNDLE_INVALID as `open`
   */
  read(name: string, maxBytes: number, sha256: string | null): Promise<Uint8Array>;
  close(): void;
}

/** A bundle that lies here. */
export type BundleFile = string;

/** The format of bundles, and the place of those that were sent here until they are imported. */
export interface Bundles {
  writeTo(sink: ByteSink): BundleWriter;
  /**
   * Takes a bundle in. One that breaks off leaves nothing behind.
   * @throws LookalikeError DISK_FULL, and what `pieces` throws
   */
  receive(pieces: AsyncIterable<Uint8Array>): Promise<BundleFile>;
  /** @throws LookalikeError BUNDLE_INVALID */
  open(file: BundleFile): Promise<BundleReader>;
  /** Keeps a received bundle under a name until it is deleted, whatever is killed when. */
  keep(file: BundleFile, name: string): Promise<BundleFile>;
  kept(): Promise<{ readonly file: BundleFile; readonly name: string }[]>;
  /** Does nothing where it is not there. */
  delete(file: BundleFile): Promise<void>;
  /** Deletes all that an earlier process received and did not keep: it was killed while they came. */
  sweep(): Promise<void>;
}
