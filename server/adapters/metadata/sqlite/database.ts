import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
} from 'kysely';
import Libsql from 'libsql';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import { ChangeStamp } from './change-stamp.js';
import { initial } from './migrations/001-initial.js';
import { ownPictures } from './migrations/002-own-pictures.js';
import { doomedBlobs } from './migrations/003-doomed-blobs.js';
import { recallTarget } from './migrations/004-recall-target.js';
import { OrderlyDriver } from './orderly-driver.js';
import { PreparedStatements } from './prepared-statements.js';
import type { Tables } from './tables.js';

export type Database = Kysely<Tables>;

/** A database with what tells whether it has changed. */
export class OpenDatabase extends Kysely<Tables> {
  readonly changes: ChangeStamp;

  constructor(connection: Libsql.Database) {
    super({ dialect: new LibsqlDialect(connection) });
    this.changes = new ChangeStamp(connection);
  }
}

/** Long enough for another process to write a batch of embeddings. */
const BUSY_TIMEOUT_MS = 20_000;

/** Room for the indexes of 70,000 images: with SQLite's 2 MB, every insert reads pages again. */
const CACHE_KIB = 32_000;

const MIGRATIONS = {
  '001-initial': initial,
  '002-own-pictures': ownPictures,
  '003-doomed-blobs': doomedBlobs,
  '004-recall-target': recallTarget,
};

/**
 * Opens `metadata.sqlite` in the data directory. A commit is on disk when it returns (WAL with
 * synchronous=FULL); other processes may have the file open at the same time.
 * @throws LookalikeError DATA_DIRECTORY_UNUSABLE
 */
export function openDatabase(dataDirectory: string): OpenDatabase {
  try {
    mkdirSync(dataDirectory, { recursive: true });
    const connection = new Libsql(join(dataDirectory, 'metadata.sqlite'));
    connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    connection.pragma(`cache_size = -${CACHE_KIB}`);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    return new OpenDatabase(connection);
  } catch (thrown) {
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The database in ${dataDirectory} cannot be opened: ${reasonOf(thrown)}`,
      { cause: thrown },
    );
  }
}

/**
 * SQLite can create tables in a transaction. Kysely is told so, for a migration and the note that it
 * was made must come together: killed in between, the database would be of no version at all.
 */
class LibsqlDialect extends SqliteDialect {
  constructor(private readonly connection: Libsql.Database) {
    super({ database: asSqlite(connection) });
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter();
  }

  override createDriver(): Driver {
    return new OrderlyDriver({ database: asSqlite(this.connection) });
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Brings the tables up to date. @throws LookalikeError DATA_DIRECTORY_UNUSABLE */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The database could not be brought up to date: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/** libsql has better-sqlite3's interface, of which Kysely asks these two methods. */
function asSqlite(connection: Libsql.Database): SqliteDatabase {
  const statements = new PreparedStatements(connection);
  return {
    close: () => connection.close(),
    prepare: (sql) => statements.prepare(sql),
  };
}
