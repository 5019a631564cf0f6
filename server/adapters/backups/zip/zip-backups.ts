import { statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Fingerprint } from '../../../domain/bundle.js';
import { backupInvalid } from '../../../domain/backup.js';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import type { BackupFile, BackupReader } from '../../../ports/backups.js';
import { flush } from '../../flush/flush.js';
import { lockFile } from '../../lock/sqlite/file-lock.js';
import { ZipReader } from '../../bundles/zip/zip-reader.js';
import { ZipWriter } from '../../bundles/zip/zip-writer.js';

const ASIDE = 'backup.zip';
const LOCK = 'lock.sqlite';

/** Names are kept in memory: room for those of ten million files. */
const BACKUP = { maxFiles: 10_000_000, invalid: backupInvalid };

/** A backup on its way. */
export interface BegunBackup extends BackupFile {
  /** Beside its place, for what is needed until it is whole; goes with its end. */
  readonly folder: string;
}

/**
 * Begins a backup beside its place, in a folder that it has to itself; what one that was killed left there
 * goes. @param replaces whether it may take the place of an older file
 * @throws LookalikeError BACKUP_EXISTS also where another one is on its way there
 */
export async function createBackup(path: string, replaces: boolean): Promise<BegunBackup> {
  requireFree(path, replaces);
  const folder = join(dirname(path), `.${basename(path)}.tmp`);
  await mkdir(folder, { recursive: true });
  const unlock = lockFile(join(folder, LOCK), 'EXCLUSIVE');
  if (!unlock) {
    const message = `Another backup is being written to ${path}. Wait for its end, or choose another name.`;
    throw new LookalikeError('BACKUP_EXISTS', message);
  }
  try {
    for (const left of await readdir(folder)) {
      if (!left.startsWith(LOCK)) await rm(join(folder, left), { recursive: true });
    }
    return new ZipBackup(path, folder, replaces, await open(join(folder, ASIDE), 'wx'), unlock);
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}

/** @throws LookalikeError BACKUP_INVALID */
export async function openBackup(path: string): Promise<BackupReader> {
  try {
    return await ZipReader.open(path, BACKUP);
  } catch (thrown) {
    if (thrown instanceof LookalikeError) throw thrown;
    throw backupInvalid(`${path} cannot be read (${reasonOf(thrown)})`, thrown);
  }
}

class ZipBackup implements BegunBackup {
  private readonly writer: ZipWriter;
  private byteLength = 0;
  private isOver = false;

  constructor(
    private readonly path: string,
    readonly folder: string,
    private readonly replaces: boolean,
    private readonly file: FileHandle,
    private readonly unlock: () => void,
  ) {
    this.writer = new ZipWriter(async (bytes) => {
      await file.writeFile(bytes);
      this.byteLength += bytes.byteLength;
    });
  }

  add(name: string, bytes: Uint8Array): Promise<void> {
    return this.writer.add(name, bytes);
  }

  addPieces(name: string, pieces: AsyncIterable<Uint8Array>): Promise<Fingerprint> {
    return this.writer.addPieces(name, pieces);
  }

  async publish(): Promise<number> {
    await this.writer.finish();
    await this.file.sync();
    await this.file.close();
    requireFree(this.path, this.replaces);
    await rename(join(this.folder, ASIDE), this.path);
    await flush(dirname(this.path));
    return this.byteLength;
  }

  async discard(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    await this.file.close().catch(() => undefined);
    // Before the lock: what another one has begun must not go.
    await rm(this.folder, { recursive: true, force: true });
    this.unlock();
  }
}

function requireFree(path: string, replaces: boolean): void {
  const present = statSync(path, { throwIfNoEntry: false });
  if (!present || (replaces && present.isFile())) return;
  if (!present.isFile()) {
    const message = `${path} is no file. Name the file that the backup is to be.`;
    throw new LookalikeError('BACKUP_EXISTS', message);
  }
  const message = `${path} is there already. Choose another name, or give --force to replace it.`;
  throw new LookalikeError('BACKUP_EXISTS', message);
}
