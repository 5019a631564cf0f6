import Libsql from 'libsql';
import { inBatches } from '../../../domain/batches.js';
import type { BlobId } from '../../../domain/image.js';

const ROWS_PER_INSERT = 500;
const IDS_PER_SELECT = 1000;
const BUSY_TIMEOUT_MS = 20_000;
/** Room for the index of 70,000 checksums: with SQLite's 2 MB, every insert reads pages again. */
const CACHE_KIB = 16_000;

export interface NamedBlob {
  readonly id: BlobId;
  readonly bytes: Uint8Array;
}

/**
 * Blobs too small to be files of their own, packed into one: 70,000 pictures of 784 bytes cost one
 * flush a batch instead of one each. The row id keeps blobs that came together close together.
 */
export class SmallBlobs {
  private readonly pack: Libsql.Database;
  /** Prepared once: to parse so many rows takes longer than to insert them. */
  private readonly fullInsertion: Libsql.Statement;

  constructor(path: string) {
    this.pack = new Libsql(path);
    this.pack.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    this.pack.pragma(`cache_size = -${CACHE_KIB}`);
    this.pack.pragma('journal_mode = WAL');
    this.pack.pragma('synchronous = FULL');
    this.pack.exec(
      `create table if not exists small_blob (
         number integer primary key, id text not null unique, bytes blob not null)`,
    );
    this.fullInsertion = this.insertionOf(ROWS_PER_INSERT);
  }

  put(blobs: readonly NamedBlob[]): void {
    this.pack.exec('begin immediate');
    try {
      for (const batch of inBatches(blobs, ROWS_PER_INSERT)) {
        const insertion =
          batch.length === ROWS_PER_INSERT ? this.fullInsertion : this.insertionOf(batch.length);
        insertion.run(...batch.flatMap(({ id, bytes }) => [id, bytes]));
      }
      this.pack.exec('commit');
    } catch (thrown) {
      // A full disk makes SQLite roll back by itself.
      if (this.pack.inTransaction) this.pack.exec('rollback');
      throw thrown;
    }
  }

  private insertionOf(count: number): Libsql.Statement {
    const rows = Array.from({ length: count }, () => '(?, ?)').join(', ');
    return this.pack.prepare(
      `insert into small_blob (id, bytes) values ${rows} on conflict do nothing`,
    );
  }

  /** Those of the blobs that are in the pack. */
  get(ids: readonly BlobId[]): Map<BlobId, Uint8Array> {
    const found = new Map<BlobId, Uint8Array>();
    for (const batch of inBatches(ids, IDS_PER_SELECT)) {
      const places = batch.map(() => '?').join(', ');
      const rows = this.pack
        .prepare(`select id, bytes from small_blob where id in (${places})`)
        .all(...batch) as { id: BlobId; bytes: ArrayBuffer }[];
      for (const { id, bytes } of rows) found.set(id, new Uint8Array(bytes));
    }
    return found;
  }

  delete(ids: readonly BlobId[]): void {
    for (const batch of inBatches(ids, IDS_PER_SELECT)) {
      const places = batch.map(() => '?').join(', ');
      this.pack.prepare(`delete from small_blob where id in (${places})`).run(...batch);
    }
  }

  close(): void {
    this.pack.close();
  }
}
