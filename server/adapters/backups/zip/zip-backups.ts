import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Fingerprint } from '../../../domain/bundle.js';
import { backupInvalid } from '../../../domain/backup.js';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import type { BackupFile, BackupReader } from '../../../ports/backups.js';
import { ZipReader } from '../../bundles/zip/zip-reader.js';
import { ZipWriter } from '../../bundles/zip/zip-writer.js';

/** Names are kept in memory: room for those of ten million files. */
const BACKUP = { maxFiles: 10_000_000, invalid: backupInvalid };

/**
 * Begins a backup beside its place. @param replaces whether it may take the place of an older file
 * @throws LookalikeError BACKUP_EXISTS
 */
export async function createBackup(path: string, replaces: boolean): Promise<BackupFile> {
  if (!replaces) requireFree(path);
  const aside = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  return new ZipBackup(path, aside, replaces, await open(aside, 'wx'));
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

class ZipBackup implements BackupFile {
  private readonly writer: ZipWriter;
  private byteLength = 0;
  private isPublished = false;

  constructor(
    private readonly path: string,
    private readonly aside: string,
    private readonly replaces: boolean,
    private readonly file: FileHandle,
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
    if (!this.replaces) requireFree(this.path);
    await rename(this.aside, this.path);
    this.isPublished = true;
    const folder = await open(dirname(this.path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    return this.byteLength;
  }

  async discard(): Promise<void> {
    if (this.isPublished) return;
    await this.file.close().catch(() => undefined);
    await rm(this.aside, { force: true });
  }
}

function requireFree(path: string): void {
  if (!existsSync(path)) return;
  const message = `${path} is there already. Choose another name, or give --force to replace it.`;
  throw new LookalikeError('BACKUP_EXISTS', message);
}
