import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { LookalikeError } from '../../../domain/errors.js';
import type { BlobId } from '../../../domain/image.js';
import type { MetadataSnapshot, MetadataSnapshots } from '../../../ports/backups.js';
import { borneBlobs } from './borne-blobs.js';

const FILE = 'metadata.sqlite';
const PIECE_BYTES = 1024 * 1024;

/** Copies of `metadata.sqlite`, which SQLite makes as it was at one moment while others write. */
export class SqliteSnapshots implements MetadataSnapshots {
  private readonly database: Libsql.Database;

  /**
   * @param aside the folder for the copies
   * @throws LookalikeError DATA_DIRECTORY_UNUSABLE where there are no tables
   */
  constructor(
    dataDirectory: string,
    private readonly aside: string,
  ) {
    const path = join(dataDirectory, FILE);
    if (!existsSync(path)) {
      const message = `There is no data of Lookalike in ${dataDirectory}: ${FILE} is missing.`;
      throw new LookalikeError('DATA_DIRECTORY_UNUSABLE', message);
    }
    this.database = new Libsql(path);
    this.database.pragma('busy_timeout = 20000');
  }

  blobIds(): AsyncIterable<readonly BlobId[]> {
    return borneBlobs(this.database);
  }

  take(): Promise<MetadataSnapshot> {
    const path = join(this.aside, `.${FILE}.${randomUUID()}.tmp`);
    this.database.exec(`vacuum into '${path.replaceAll("'", "''")}'`);
    return Promise.resolve(new SqliteSnapshot(path));
  }

  close(): void {
    this.database.close();
  }
}

class SqliteSnapshot implements MetadataSnapshot {
  readonly migrations: readonly string[];
  private readonly database: Libsql.Database;

  constructor(private readonly path: string) {
    this.database = new Libsql(path);
    // What is deleted is overwritten: a backup lies in more places than the tables do.
    this.database.pragma('secure_delete = on');
    if (this.has('session')) this.database.exec('delete from session');
    this.migrations = this.texts('select name from kysely_migration order by name');
  }

  blobIds(): AsyncIterable<readonly BlobId[]> {
    return borneBlobs(this.database);
  }

  indexIds(): readonly string[] {
    return this.texts('select id as name from model_index');
  }

  pieces(): AsyncIterable<Uint8Array> {
    return createReadStream(this.path, { highWaterMark: PIECE_BYTES });
  }

  async close(): Promise<void> {
    this.database.close();
    await rm(this.path, { force: true });
  }

  private has(table: string): boolean {
    const named = "select name from sqlite_master where type = 'table' and name = ?";
    return this.database.prepare(named).all(table).length > 0;
  }

  private texts(select: string): string[] {
    return (this.database.prepare(select).all() as { name: string }[]).map(({ name }) => name);
  }
}
