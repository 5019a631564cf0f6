import Libsql from 'libsql';
import { inBatches } from '../../../domain/batches.js';
import type { BlobId } from '../../../domain/image.js';
import { SqliteWriter } from '../../sqlite-writer/sqlite-writer.js';
import { packedInsertion, type NamedBlob } from './packed-blobs.js';

const IDS_PER_SELECT = 1000;
const IDS_PER_LIST = 5000;
/**
 * Pages of 32 KiB, in packs that are new: they hold a third more pictures of 784 bytes than the usual
 * ones of 4, and SQLite writes each page by itself, twice. The cache has room for the index of 70,000
 * checksums.
 */
const PRAGMAS = [
  'busy_timeout = 20000',
  'cache_size = -16000',
  'page_size = 32768',
  'journal_mode = WAL',
  'synchronous = FULL',
];

/**
 * Pages in the WAL, 80 MB in new packs, from which on the thread copies them: those of the index that change
 * with every batch are copied once. The event loop would stand still meanwhile, so its own connection leaves
 * that to the thread, which copies at its end too, and is woken for it after so many bytes.
 */
const COPIED_BY_THREAD = 'wal_autocheckpoint = 2500';
const COPIED_HERE = 'wal_autocheckpoint = 4000';
const BYTES_UNTIL_COPIED = 16_000_000;

/**
 * Up to so many bytes are written at once, in a few milliseconds; for more of them the thread is worth
 * its start and the way there.
 */
const BYTES_AT_ONCE = 256 * 1024;

/**
 * Blobs too small to be files of their own, packed into one: 70,000 pictures of 784 bytes cost one
 * flush a batch instead of one each. The row id keeps blobs that came together close together.
 */
export class SmallBlobs {
  private readonly pack: Libsql.Database;
  private readonly statements = new Map<string, Libsql.Statement>();
  private readonly writer: SqliteWriter;
  /** Bytes that were written here since the thread was last asked for something. */
  private notCopied = 0;

  constructor(path: string) {
    this.pack = new Libsql(path);
    for (const pragma of [...PRAGMAS, COPIED_HERE]) this.pack.pragma(pragma);
    this.pack.exec(
      `create table if not exists small_blob (
         number integer primary key, id text not null unique, bytes blob not null)`,
    );
    this.writer = new SqliteWriter({ path, pragmas: [...PRAGMAS, COPIED_BY_THREAD] });
  }

  /** All or none; those that are there already stay. They are on disk when it has ended. */
  async put(blobs: readonly NamedBlob[]): Promise<void> {
    const { sql, parameters, memory } = packedInsertion(blobs);
    if (memory.byteLength > BYTES_AT_ONCE) {
      await this.writer.write([{ sql, parameters }], [memory]);
      this.notCopied = 0;
      return;
    }
    this.prepared(sql).run(...parameters);
    this.notCopied += memory.byteLength;
    if (this.notCopied > BYTES_UNTIL_COPIED) this.haveThreadCopy();
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

  /** Of all that are in the pack, in batches. */
  *ids(): Generator<BlobId[]> {
    const next = this.pack.prepare(
      'select number, id from small_blob where number > ? order by number limit ?',
    );
    for (let after = Number.MIN_SAFE_INTEGER; ;) {
      const rows = next.all(after, IDS_PER_LIST) as { number: number; id: BlobId }[];
      if (rows.length === 0) return;
      after = rows.at(-1)?.number ?? after;
      yield rows.map(({ id }) => id);
    }
  }

  /** What SQLite finds wrong with the pack. */
  faults(): string[] {
    const rows = this.pack.prepare('pragma integrity_check').raw().all() as [string][];
    return rows.map(([fault]) => fault).filter((fault) => fault !== 'ok');
  }

  delete(ids: readonly BlobId[]): void {
    for (const batch of inBatches(ids, IDS_PER_SELECT)) {
      const places = batch.map(() => '?').join(', ');
      this.pack.prepare(`delete from small_blob where id in (${places})`).run(...batch);
    }
  }

  async close(): Promise<void> {
    await this.writer.close();
    this.pack.close();
  }

  /** It ends when it has had nothing to do for a while. Where it cannot begin, it is asked again later. */
  private haveThreadCopy(): void {
    this.notCopied = 0;
    this.writer.write([]).catch(() => undefined);
  }

  /** For the few texts of statements that come again and again. */
  private prepared(sql: string): Libsql.Statement {
    const statement = this.statements.get(sql) ?? this.pack.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
