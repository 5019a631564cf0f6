import {
  BACKUP_MANIFEST,
  BACKUP_TABLES,
  backupInvalid,
  blobIn,
  MAX_MANIFEST_BYTES,
  parseBackupManifest,
  type BackupManifest,
  type BackupReport,
  type OnCopied,
} from '../domain/backup.js';
import type { BlobId } from '../domain/image.js';
import type { BackupReader, FilledDirectory } from '../ports/backups.js';

/** Blobs that are written together: for so many bytes, or so many of them, one flush each is enough. */
const TOGETHER_BYTES = 8 * 1024 * 1024;
const TOGETHER = 1000;
/** No file that people may bring is larger, nor are weights and checkpoints. */
const MAX_BLOB_BYTES = 1024 * 1024 * 1024;

/** Makes a data directory of a backup; every checksum is compared on the way. */
export class Restore {
  /** @param requireKnown throws where the tables are of a newer version than this one */
  constructor(
    private readonly backup: BackupReader,
    private readonly requireKnown: (migrations: readonly string[]) => void,
    private readonly onCopied: OnCopied,
  ) {}

  /**
   * Reads what a backup says of itself, before anything is written.
   * @throws LookalikeError BACKUP_INVALID, DATA_DIRECTORY_NEWER
   */
  async manifest(): Promise<BackupManifest> {
    const bytes = await this.backup.read(BACKUP_MANIFEST, MAX_MANIFEST_BYTES, null);
    const manifest = parseBackupManifest(new TextDecoder().decode(bytes));
    this.requireKnown(manifest.migrations);
    return manifest;
  }

  /** Fills an empty data directory. @throws LookalikeError BACKUP_INVALID; it is empty then */
  async into(directory: FilledDirectory, manifest: BackupManifest): Promise<BackupReport> {
    try {
      for (const [name, expected] of manifest.files) {
        await directory.write(name, this.backup.open(name, expected));
        this.onCopied(1, expected.size);
      }
      const blobCount = await this.restoreBlobs(directory, manifest);
      await directory.publish();
      const { madeAt, lostBlobs } = manifest;
      return { madeAt, lostBlobs, blobCount, byteLength: this.backup.byteLength };
    } finally {
      await directory.discard();
    }
  }

  /** Those that the tables refer to, which must all be there. @returns how many */
  private async restoreBlobs(
    directory: FilledDirectory,
    { blobCount, lostBlobs }: BackupManifest,
  ): Promise<number> {
    const wanted = new Set<BlobId>();
    for await (const ids of directory.blobIds()) for (const id of ids) wanted.add(id);
    const { size } = wanted;
    let [found, byteLength] = [0, 0];
    let together: Uint8Array[] = [];
    const write = async () => {
      await directory.putBlobs(together);
      this.onCopied(together.length, byteLength);
      [together, byteLength] = [[], 0];
    };
    for (const name of this.backup.names()) {
      const id = blobIn(name);
      if (id === null) continue;
      found += 1;
      if (!wanted.delete(id)) continue;
      const bytes = await this.backup.read(name, MAX_BLOB_BYTES, id);
      together.push(bytes);
      byteLength += bytes.byteLength;
      if (byteLength >= TOGETHER_BYTES || together.length >= TOGETHER) await write();
    }
    await write();
    if (found !== blobCount) throw backupInvalid(`it has ${found} blobs instead of ${blobCount}`);
    const lost = new Set(lostBlobs);
    const missing = [...wanted].find((id) => !lost.has(id));
    if (missing === undefined) return size - wanted.size;
    throw backupInvalid(`blob ${missing}, which ${BACKUP_TABLES} refers to, is not in it`);
  }
}
