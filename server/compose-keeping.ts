import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBackup, openBackup } from './adapters/backups/zip/zip-backups.js';
import { FileSystemBlobs } from './adapters/blobs/file-system/blobs.js';
import { FileSystemStoredBlobs } from './adapters/blobs/file-system/stored-blobs.js';
import { FileSystemDataFiles } from './adapters/data-directory/file-system/data-files.js';
import { FileSystemFilledDirectory } from './adapters/data-directory/file-system/filled-directory.js';
import { withoutChildren } from './adapters/lock/sqlite/children-lock.js';
import {
  lockDataDirectory,
  requireWholeDirectory,
} from './adapters/lock/sqlite/data-directory-lock.js';
import { borneBlobsOf } from './adapters/metadata/sqlite/borne-blobs.js';
import {
  appliedMigrations,
  migrate,
  MIGRATION_NAMES,
  requireKnownMigrations,
  type Database,
} from './adapters/metadata/sqlite/database.js';
import { SqliteInventory } from './adapters/metadata/sqlite/inventory.js';
import { SqliteSnapshots } from './adapters/metadata/sqlite/snapshots.js';
import { ConsoleLog } from './adapters/log/console/log.js';
import { ChildProcessBulkRuntime } from './adapters/model-runtime/child-process/bulk-runtime.js';
import { openStores, requireMetadata } from './compose-stores.js';
import type { Config } from './config.js';
import type { BackupReport, OnCopied } from './domain/backup.js';
import { LookalikeError, reasonOf } from './domain/errors.js';
import type { FaultKind, VerificationReport } from './domain/verification.js';
import { Backup } from './services/backup.js';
import { Restore } from './services/restore.js';
import { Verification } from './services/verification.service.js';

/** A child of a server that was killed ends when it notices, at the next step of its work. */
const LAST_OF_CHILDREN_MS = 10_000;

/**
 * Writes everything in a data directory into one file, also while a server uses it.
 * @param replaces whether the file may take the place of an older one
 * @throws LookalikeError BACKUP_EXISTS, DATA_DIRECTORY_UNUSABLE
 */
export async function backUp(
  dataDirectory: string,
  path: string,
  replaces: boolean,
  onCopied: OnCopied,
): Promise<BackupReport> {
  requireWholeDirectory(dataDirectory);
  requireMetadata(dataDirectory);
  const opened: { close(): unknown }[] = [];
  const file = await createBackup(resolve(path), replaces);
  try {
    const snapshots = new SqliteSnapshots(dataDirectory, file.folder);
    opened.push(snapshots);
    const blobs = new FileSystemStoredBlobs(join(dataDirectory, 'blobs'));
    opened.push(blobs);
    const data = new FileSystemDataFiles(dataDirectory);
    return await new Backup(snapshots, blobs, data, file, onCopied).write();
  } finally {
    for (const each of opened) await each.close();
    await file.discard();
  }
}

/**
 * Makes a data directory of a backup.
 * @throws LookalikeError BACKUP_INVALID, DATA_DIRECTORY_LOCKED, DATA_DIRECTORY_NEWER, DATA_DIRECTORY_NOT_EMPTY,
 * DATA_DIRECTORY_UNUSABLE
 */
export async function restore(
  path: string,
  dataDirectory: string,
  onCopied: OnCopied,
): Promise<BackupReport> {
  const backup = await openBackup(path);
  try {
    const restoring = new Restore(backup, requireKnownMigrations, onCopied);
    const manifest = await restoring.manifest();
    const unlock = lockDataDirectory(dataDirectory);
    try {
      const directory = await FileSystemFilledDirectory.begin(dataDirectory, {
        blobs: (folder) => new FileSystemBlobs(folder),
        borneBlobs: borneBlobsOf,
      });
      return await restoring.into(directory, manifest);
    } finally {
      unlock();
    }
  } finally {
    backup.close();
  }
}

/**
 * Looks for damage in a data directory. While a server uses it nothing is repaired, and what that server
 * is about to write, or to clear up, is no fault.
 * @throws LookalikeError DATA_DIRECTORY_LOCKED where it is to be repaired and a server uses it,
 * DATA_DIRECTORY_NEWER, DATA_DIRECTORY_UNUSABLE
 */
export async function verify(
  config: Config,
  repairs: boolean,
  onChecked: OnCopied,
): Promise<VerificationReport> {
  const { dataDirectory } = config;
  requireWholeDirectory(dataDirectory);
  if (!existsSync(join(dataDirectory, 'metadata.sqlite'))) {
    const message = `There is no data of Lookalike in ${dataDirectory}.`;
    throw new LookalikeError('DATA_DIRECTORY_UNUSABLE', message);
  }
  requireMetadata(dataDirectory);
  const unlock = await lockUnlessServed(dataDirectory, repairs);
  try {
    return await verifyLocked(config, unlock !== null, repairs, onChecked);
  } finally {
    unlock?.();
  }
}

async function verifyLocked(
  config: Config,
  isAlone: boolean,
  repairs: boolean,
  onChecked: OnCopied,
): Promise<VerificationReport> {
  const opened: { close(): unknown }[] = [];
  const open = <T extends { close(): unknown }>(kind: FaultKind, work: () => T): T => {
    try {
      const it = work();
      opened.push(it);
      return it;
    } catch (thrown) {
      throw new Unreadable(kind, reasonOf(thrown));
    }
  };
  try {
    const inventory = open('TABLES_DAMAGED', () => new SqliteInventory(config.dataDirectory));
    const folder = join(config.dataDirectory, 'blobs');
    const stored = open('PACK_DAMAGED', () => new FileSystemStoredBlobs(folder));
    const stores = openStores(config);
    opened.push(stores.blobs, { close: () => stores.database.destroy() });
    await bringUpToDate(stores.database, isAlone && repairs);
    const embedder = fileURLToPath(new URL('embedder.js', import.meta.url));
    const bulk = new ChildProcessBulkRuntime(embedder, new ConsoleLog('verify'));
    opened.push(bulk);
    const parts = { ...stores, inventory, stored, bulk, isAlone };
    return await new Verification(parts, onChecked).verify(repairs);
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    const verified = { images: 0, storedFiles: 0, storedBytes: 0, embeddings: 0 };
    return {
      isAlone,
      verified: { ...verified, indexes: 0, unreachable: 0 },
      faults: [{ kind: thrown.kind, what: thrown.message, isRepaired: false }],
    };
  } finally {
    for (const each of opened.reverse()) await each.close();
  }
}

/** A file of SQLite that is none any more. */
class Unreadable extends Error {
  constructor(
    readonly kind: FaultKind,
    reason: string,
  ) {
    super(`the file cannot be opened (${reason}). Restore a backup`);
  }
}

/** Null where a server, or a child that has outlived its server, works on the directory. */
async function lockUnlessServed(
  dataDirectory: string,
  isNeeded: boolean,
): Promise<(() => void) | null> {
  let unlock: () => void;
  try {
    unlock = lockDataDirectory(dataDirectory);
  } catch (thrown) {
    const isServed = thrown instanceof LookalikeError && thrown.code === 'DATA_DIRECTORY_LOCKED';
    if (isServed && !isNeeded) return null;
    throw thrown;
  }
  // None comes while the lock is held but our own.
  if (await withoutChildren(dataDirectory, LAST_OF_CHILDREN_MS, () => Promise.resolve())) {
    return unlock;
  }
  unlock();
  if (!isNeeded) return null;
  throw new LookalikeError(
    'DATA_DIRECTORY_LOCKED',
    `A process of a server that has ended still works on ${dataDirectory}. Try again in a minute.`,
  );
}

async function bringUpToDate(database: Database, mayMigrate: boolean): Promise<void> {
  const applied = await appliedMigrations(database);
  requireKnownMigrations(applied);
  if (mayMigrate) await migrate(database);
  else if (applied.at(-1) !== MIGRATION_NAMES.at(-1)) {
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The data is of an older version (${applied.at(-1) ?? 'none'}): a start of the server brings it up to ` +
        'date, and so does `lookalike verify --repair`.',
    );
  }
}
