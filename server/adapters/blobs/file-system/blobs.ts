import { hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inBatches } from '../../../domain/batches.js';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import type { BlobId } from '../../../domain/image.js';
import type { Blobs } from '../../../ports/blobs.js';
import { unfinishedIn, writeDurably } from './durable-file.js';
import { SmallBlobs } from './small-blobs.js';
import { foldersOf } from './stored-blobs.js';

/** Up to this size a blob goes into the pack, above it into a file of its own. */
const SMALL_BYTES = 32 * 1024;
/** Files whose flushes wait for the disk together. */
const WRITTEN_AT_A_TIME = 8;
/** Folders that are listed together. */
const READ_AT_A_TIME = 16;

/** Blobs in a folder: small ones packed, large ones as files named by their SHA-256. */
export class FileSystemBlobs implements Blobs {
  private readonly small: SmallBlobs;

  /** @throws LookalikeError DATA_DIRECTORY_UNUSABLE */
  constructor(private readonly folder: string) {
    try {
      mkdirSync(folder, { recursive: true });
      this.small = new SmallBlobs(join(folder, 'small.sqlite'));
    } catch (thrown) {
      throw new LookalikeError(
        'DATA_DIRECTORY_UNUSABLE',
        `The stored files in ${folder} cannot be opened: ${reasonOf(thrown)}`,
        { cause: thrown },
      );
    }
  }

  async put(bytes: Uint8Array): Promise<BlobId> {
    const [id] = await this.putMany([bytes]);
    if (id === undefined) throw new LookalikeError('INTERNAL', 'A blob was given no name.');
    return id;
  }

  async putMany(blobs: readonly Uint8Array[]): Promise<BlobId[]> {
    const named = blobs.map((bytes) => ({ id: nameOf(bytes), bytes }));
    const small = named.filter(({ bytes }) => bytes.byteLength <= SMALL_BYTES);
    if (small.length > 0) await this.small.put(small);
    const large = named.filter(({ bytes }) => bytes.byteLength > SMALL_BYTES);
    for (const batch of inBatches(large, WRITTEN_AT_A_TIME)) {
      await Promise.all(batch.map(({ id, bytes }) => writeDurably(this.pathOf(id), bytes)));
    }
    return named.map(({ id }) => id);
  }

  async get(id: BlobId): Promise<Uint8Array> {
    const [bytes] = await this.getMany([id]);
    if (!bytes) throw missing(id);
    return bytes;
  }

  async getMany(ids: readonly BlobId[]): Promise<Uint8Array[]> {
    const small = this.smallOf(ids);
    const blobs: Uint8Array[] = [];
    for (const id of ids) {
      const bytes = small.get(id) ?? (await this.readLarge(id));
      if (nameOf(bytes) !== id) {
        throw corrupt(`The stored file ${id} does not match its checksum.`);
      }
      blobs.push(bytes);
    }
    return blobs;
  }

  delete(id: BlobId): Promise<void> {
    return this.deleteMany([id]);
  }

  async deleteMany(ids: readonly BlobId[]): Promise<void> {
    this.small.delete(ids);
    for (const id of ids) await rm(this.pathOf(id), { force: true });
  }

  /**
   * Deletes what writes left that were cut off; no other process may be writing. Small blobs leave nothing,
   * so that this looks through the large ones alone: 256 folders.
   */
  async sweepUnfinished(): Promise<void> {
    for (const folders of inBatches(await foldersOf(this.folder), READ_AT_A_TIME)) {
      const unfinished = folders.map((folder) => unfinishedIn(join(this.folder, folder)));
      for (const path of (await Promise.all(unfinished)).flat()) await rm(path, { force: true });
    }
  }

  close(): Promise<void> {
    return this.small.close();
  }

  private smallOf(ids: readonly BlobId[]): Map<BlobId, Uint8Array> {
    try {
      return this.small.get(ids);
    } catch (thrown) {
      if (!hasCode(thrown, 'SQLITE_CORRUPT', 'SQLITE_NOTADB')) throw thrown;
      const which = ids.length === 1 ? `file ${ids.join('')}` : 'files';
      throw corrupt(`The stored ${which} cannot be read (${reasonOf(thrown)}).`, thrown);
    }
  }

  private async readLarge(id: BlobId): Promise<Uint8Array> {
    try {
      return await readFile(this.pathOf(id));
    } catch (thrown) {
      if (hasCode(thrown, 'ENOENT')) throw missing(id, thrown);
      // The disk itself cannot read it: no fault of ours, and none that passes.
      if (!hasCode(thrown, 'EIO')) throw thrown;
      throw corrupt(`The stored file ${id} cannot be read (${reasonOf(thrown)}).`, thrown);
    }
  }

  private pathOf(id: BlobId): string {
    return join(this.folder, id.slice(0, 2), id);
  }
}

function nameOf(bytes: Uint8Array): BlobId {
  return hash('sha256', bytes, 'hex');
}

/** SQLite's own codes may say more behind these words. */
function hasCode(thrown: unknown, ...codes: readonly string[]): boolean {
  if (!(thrown instanceof Error) || !('code' in thrown)) return false;
  return codes.some((code) => String(thrown.code).startsWith(code));
}

function corrupt(words: string, cause?: unknown): LookalikeError {
  return new LookalikeError('BLOB_CORRUPT', `${words} Restore it from a backup.`, { cause });
}

function missing(id: BlobId, cause?: unknown): LookalikeError {
  return new LookalikeError(
    'BLOB_MISSING',
    `The stored file ${id} is gone. Restore it from a backup.`,
    { cause },
  );
}
