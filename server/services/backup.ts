import {
  BACKUP_MANIFEST,
  BACKUP_TABLES,
  backupManifestText,
  blobFile,
  isBackedUpFile,
  type BackupReport,
  type OnCopied,
} from '../domain/backup.js';
import type { Fingerprint } from '../domain/bundle.js';
import type { BlobId } from '../domain/image.js';
import type {
  BackupFile,
  DataFiles,
  MetadataSnapshot,
  MetadataSnapshots,
} from '../ports/backups.js';
import type { StoredBlobs } from '../ports/stored-blobs.js';

/** Rounds after which what is still not there is not waited for. */
const MAX_ROUNDS = 20;

/**
 * Copies all that a data directory holds while a server goes on writing to it, and holds nobody up: in
 * rounds, as a running machine is moved to another (Clark et al., Live Migration of Virtual Machines,
 * NSDI 2005). The first copies the files that the tables refer to; each of the next takes a snapshot of
 * the tables and copies what has come since. What was deleted in between is missing in a round, and not
 * referred to in the next. The tables of the backup are those of the first round that misses nothing: a
 * blob is never changed and is there before its row, so all that they refer to has been copied.
 */
export class Backup {
  private readonly copied = new Set<BlobId>();
  private readonly files = new Map<string, Fingerprint>();
  /** Names that are taken in the zip, by what came to nothing too. */
  private readonly begun = new Set<string>();

  constructor(
    private readonly snapshots: MetadataSnapshots,
    private readonly blobs: StoredBlobs,
    private readonly data: DataFiles,
    private readonly file: BackupFile,
    private readonly onCopied: OnCopied,
  ) {}

  /**
   * Writes all of it. What is gone or damaged where it should lie is left out, and reported where it cannot
   * be made anew.
   * @throws LookalikeError BACKUP_EXISTS
   */
  async write(): Promise<BackupReport> {
    try {
      for await (const ids of this.snapshots.blobIds()) await this.copyBlobs(ids);
      let lost = new Set<string>();
      for (let round = 1; ; round += 1) {
        const waiting = await this.data.waitingBundles();
        const snapshot = await this.snapshots.take();
        try {
          const missed = await this.copyWhatHasCome(snapshot, waiting);
          // Missed twice, with a snapshot in between that refers to it: it is not there.
          const isNew = [...missed.keys()].some((name) => !lost.has(name));
          if (!isNew || round === MAX_ROUNDS) return await this.end(snapshot, missed);
          lost = new Set(missed.keys());
        } finally {
          await snapshot.close();
        }
      }
    } finally {
      await this.file.discard();
    }
  }

  /** @returns what the snapshot refers to and is not there: files by their names, with their blobs */
  private async copyWhatHasCome(
    snapshot: MetadataSnapshot,
    waiting: readonly string[],
  ): Promise<Map<string, BlobId | null>> {
    const missed = new Map<string, BlobId | null>();
    for await (const ids of snapshot.blobIds()) {
      for (const id of await this.copyBlobs(ids)) missed.set(blobFile(id), id);
    }
    for (const id of snapshot.indexIds()) {
      const files = await this.data.indexFiles(id);
      if (files.length === 0) missed.set(`indexes/${id}`, null);
      for (const file of files) if (!(await this.copyFile(file))) missed.set(file, null);
    }
    for (const file of new Set([...waiting, ...(await this.data.waitingBundles())])) {
      if (!(await this.copyFile(file))) missed.set(file, null);
    }
    return missed;
  }

  /** @returns those that are not there */
  private async copyBlobs(ids: readonly BlobId[]): Promise<BlobId[]> {
    const fresh = [...new Set(ids)].filter((id) => !this.copied.has(id));
    const missed: BlobId[] = [];
    for await (const { id, bytes } of this.blobs.read(fresh)) {
      if (!bytes) {
        missed.push(id);
        continue;
      }
      await this.file.add(blobFile(id), bytes);
      this.copied.add(id);
      this.onCopied(1, bytes.byteLength);
    }
    return missed;
  }

  /** False where it is not there. */
  private async copyFile(file: string): Promise<boolean> {
    if (this.files.has(file)) return true;
    if (!isBackedUpFile(file) || this.begun.has(file)) return false;
    const pieces = await this.data.open(file);
    if (!pieces) return false;
    this.begun.add(file);
    const read = new WatchedPieces(pieces);
    try {
      await this.addPieces(file, read);
    } catch (thrown) {
      // An index is made anew of what is in the backup. A bundle that was accepted is not.
      if (!read.isBroken || !file.startsWith('indexes/')) throw thrown;
      return false;
    }
    return true;
  }

  private async addPieces(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const fingerprint = await this.file.addPieces(file, pieces);
    this.files.set(file, fingerprint);
    this.onCopied(1, fingerprint.size);
  }

  private async end(
    snapshot: MetadataSnapshot,
    missed: ReadonlyMap<string, BlobId | null>,
  ): Promise<BackupReport> {
    const madeAt = new Date();
    await this.addPieces(BACKUP_TABLES, snapshot.pieces());
    const lostBlobs = [...missed.values()].filter((id) => id !== null);
    const blobCount = this.copied.size;
    const { migrations } = snapshot;
    const manifest = { madeAt, migrations, blobCount, lostBlobs, files: this.files };
    await this.file.add(BACKUP_MANIFEST, new TextEncoder().encode(backupManifestText(manifest)));
    return { blobCount, lostBlobs, madeAt, byteLength: await this.file.publish() };
  }
}

/** Pieces that remember whether it was they who failed, and not whoever took them. */
class WatchedPieces implements AsyncIterable<Uint8Array> {
  isBroken = false;

  constructor(private readonly pieces: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const pieces = this.pieces[Symbol.asyncIterator]();
    for (;;) {
      const piece = await pieces.next().catch((thrown: unknown) => {
        this.isBroken = true;
        throw thrown;
      });
      if (piece.done === true) return;
      yield piece.value;
    }
  }
}
