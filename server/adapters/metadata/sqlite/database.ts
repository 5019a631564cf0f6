import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DEFAULT_MIGRATION_TABLE as MIGRATION_TABLE,
  Kysely,
  Migrator,
  sql,
  SqliteAdapter,
  SqliteDialect,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
} from 'kysely';
import Libsql from 'libsql';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import { SqliteWriter } from '../../sqlite-writer/sqlite-writer.js';
import { ChangeStamp } from './change-stamp.js';
import { initial } from './migrations/001-initial.js';
import { ownPictures } from './migrations/002-own-pictures.js';
import { doomedBlobs } from './migrations/003-doomed-blobs.js';
import { recallTarget } from './migrations/004-recall-target.js';
import { shortBlobIndex } from './migrations/005-short-blob-index.js';
import { modelActivations } from './migrations/006-model-activations.js';
import { validation } from './migrations/007-validation.js';
import { embeddingMaps } from './migrations/008-embedding-maps.js';
import { sweeps } from './migrations/009-sweeps.js';
import { access } from './migrations/011-access.js';
import { audit } from './migrations/012-audit.js';
import { runOrigin } from './migrations/013-run-origin.js';
import { OrderlyDriver } from './orderly-driver.js';
import { PreparedStatements } from './prepared-statements.js';
import type { Tables } from './tables.js';

export type Database = Kysely<Tables>;

/** A database with what tells whether it has changed, and what writes thousands of rows to it. */
export class OpenDatabase extends Kysely<Tables> {
  readonly changes: ChangeStamp;

  constructor(
    connection: Libsql.Database,
    readonly writer: SqliteWriter,
  ) {
    const statements = new PreparedStatements(connection);
    super({ dialect: new LibsqlDialect(connection, statements) });
    this.changes = new ChangeStamp(connection, statements);
  }

  override async destroy(): Promise<void> {
    await this.writer.close();
    await super.destroy();
  }
}

/** Of every connection. */
const PRAGMAS = [
  // Long enough for another process to write a batch of embeddings.
  'busy_timeout = 20000',
  // Room for the indexes of 70,000 images: with SQLite's 2 MB, every insert reads pages again.
  'cache_size = -32000',
  // In a new file: rows of an index by checksum touch half as many pages as with the usual 4 KiB.
  'page_size = 8192',
  'journal_mode = WAL',
  'synchronous = FULL',
  // Pages in the WAL, 32 MB: one of an index, say, that changes with every batch is copied once for several.
  'wal_autocheckpoint = 4000',
  'foreign_keys = ON',
];

const MIGRATIONS = {
  '001-initial': initial,
  '002-own-pictures': ownPictures,
  '003-doomed-blobs': doomedBlobs,
  '004-recall-target': recallTarget,
  '005-short-blob-index': shortBlobIndex,
  '006-model-activations': modelActivations,
  '007-validation': validation,
  '008-embedding-maps': embeddingMaps,
  '009-sweeps': sweeps,
  '011-access': access,
  '012-audit': audit,
  '013-run-origin': runOrigin,
};

/**
 * Opens `metadata.sqlite` in the data directory. A commit is on disk when it returns (WAL with
 * synchronous=FULL); other processes may have the file open at the same time.
 * @throws LookalikeError DATA_DIRECTORY_UNUSABLE
 */
export function openDatabase(dataDirectory: string): OpenDatabase {
  try {
    mkdirSync(dataDirectory, { recursive: true });
    const path = join(dataDirectory, 'metadata.sqlite');
    const connection = new Libsql(path);
    for (const pragma of PRAGMAS) connection.pragma(pragma);
    return new OpenDatabase(connection, new SqliteWriter({ path, pragmas: PRAGMAS }));
  } catch (thrown) {
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The database in ${dataDirectory} cannot be opened: ${reasonOf(thrown)}`,
      { cause: thrown },
    );
  }
}

/**
 * Whether there are tables in the `metadata.sqlite` of a data directory, of whatever version; true for a
 * file that is none of SQLite's, as whoever opens it is told.
 */
export function hasTables(dataDirectory: string): boolean {
  const path = join(dataDirectory, 'metadata.sqlite');
  // Not even opened: SQLite would take the WAL beside it away.
  if (statSync(path).size === 0) return false;
  const database = new Libsql(path);
  try {
    return database.prepare('select name from sqlite_master limit 1').all().length > 0;
  } catch {
    return true;
  } finally {
    database.close();
  }
}

/**
 * SQLite can create tables in a transaction. Kysely is told so, for a migration and the note that it
 * was made must come together: killed in between, the database would be of no version at all.
 */
class LibsqlDialect extends SqliteDialect {
  private readonly database: SqliteDatabase;

  constructor(connection: Libsql.Database, statements: PreparedStatements) {
    const database = asSqlite(connection, statements);
    super({ database });
    this.database = database;
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter();
  }

  override createDriver(): Driver {
    return new OrderlyDriver({ database: this.database });
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** The migrations of this version of Lookalike, in order: the last names the schema that it works with. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/**
 * Brings the tables up to date. @param last the migration to stop behind
 * @throws LookalikeError DATA_DIRECTORY_UNUSABLE, DATA_DIRECTORY_NEWER
 */
export async function migrate(database: Database, last?: string): Promise<void> {
  requireKnownMigrations(await appliedMigrations(database));
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  const { error } =
    last === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(last);
  if (error !== undefined) {
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The database could not be brought up to date: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/** The migrations that made the tables what they are, in order; none of a new database. */
export async function appliedMigrations(database: Database): Promise<string[]> {
  const { rows: tables } = await sql`
    select name from sqlite_master where name = ${MIGRATION_TABLE}`.execute(database);
  if (tables.length === 0) return [];
  const applied = await sql<{ name: string }>`
    select name from ${sql.table(MIGRATION_TABLE)} order by name`.execute(database);
  return applied.rows.map(({ name }) => name);
}

/**
 * Nothing is known of what a later version keeps in its tables: they are left alone.
 * @throws LookalikeError DATA_DIRECTORY_NEWER
 */
export function requireKnownMigrations(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !MIGRATION_NAMES.includes(name));
  if (unknown.length === 0) return;
  throw new LookalikeError(
    'DATA_DIRECTORY_NEWER',
    `A newer version of Lookalike has written this data: its tables have the version ${unknown.at(-1)}, ` +
      `and this one knows them up to ${MIGRATION_NAMES.at(-1)}. Start the newer version.`,
  );
}

/** libsql has better-sqlite3's interface, of which Kysely asks these two methods. */
function asSqlite(connection: Libsql.Database, statements: PreparedStatements): SqliteDatabase {
  return {
    close: () => connection.close(),
    prepare: (sql) => statements.prepare(sql),
  };
}
