import { hash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { inBatches } from '../../../domain/batches.js';
import type { BlobId } from '../../../domain/image.js';
import type { StoredBlob, StoredBlobs } from '../../../ports/stored-blobs.js';
import { unfinishedIn } from './durable-file.js';
import { SmallBlobs } from './small-blobs.js';

const READ_AT_A_TIME = 500;
const FOLDER = /^[0-9a-f]{2}$/;
const BLOB = /^[0-9a-f]{64}$/;

/** Whether any blob lies in a folder of `FileSystemBlobs`. */
export function holdsBlobs(folder: string): boolean {
  const names = readdirSync(folder);
  if (names.some((name) => FOLDER.test(name))) return true;
  if (!names.includes('small.sqlite')) return false;
  const pack = new Libsql(join(folder, 'small.sqlite'));
  try {
    return pack.prepare('select number from small_blob limit 1').all().length > 0;
  } catch {
    // No table yet, or one that cannot be read, as whoever opens it is told.
    return false;
  } finally {
    pack.close();
  }
}

/** All that lies in the folder of `FileSystemBlobs`, also while others write there. */
export class FileSystemStoredBlobs implements StoredBlobs {
  private readonly small: SmallBlobs;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.small = new SmallBlobs(join(folder, 'small.sqlite'));
  }

  async *read(ids: readonly BlobId[]): AsyncGenerator<StoredBlob> {
    for (const batch of inBatches(ids, READ_AT_A_TIME)) {
      const small = this.smallOf(batch);
      for (const id of batch) {
        const packed = small.get(id);
        if (packed === null) yield { id, bytes: null, fault: 'BLOB_CORRUPT' };
        else yield packed ? compared(id, packed) : await this.readLarge(id);
      }
    }
  }

  async *list(): AsyncGenerator<readonly BlobId[]> {
    yield* this.small.ids();
    for (const folder of await this.folders()) {
      yield (await readdir(join(this.folder, folder))).filter((name) => BLOB.test(name));
    }
  }

  faults(): Promise<string[]> {
    return Promise.resolve(this.small.faults().map((fault) => `small.sqlite: ${fault}`));
  }

  async sweepUnfinished(remove: boolean): Promise<number> {
    let count = 0;
    for (const folder of await this.folders()) {
      const unfinished = await unfinishedIn(join(this.folder, folder));
      count += unfinished.length;
      if (remove) for (const path of unfinished) await rm(path, { force: true });
    }
    return count;
  }

  close(): Promise<void> {
    return this.small.close();
  }

  /** One that cannot be read, in a pack that is damaged, takes no other with it. */
  private smallOf(ids: readonly BlobId[]): Map<BlobId, Uint8Array | null> {
    try {
      return this.small.get(ids);
    } catch (thrown) {
      const [only] = ids;
      if (only !== undefined && ids.length === 1) return new Map([[only, null]]);
      if (ids.length === 0) throw thrown;
      const half = Math.ceil(ids.length / 2);
      return new Map([...this.smallOf(ids.slice(0, half)), ...this.smallOf(ids.slice(half))]);
    }
  }

  private async readLarge(id: BlobId): Promise<StoredBlob> {
    try {
      return compared(id, await readFile(join(this.folder, id.slice(0, 2), id)));
    } catch (thrown) {
      const isGone = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
      return { id, bytes: null, fault: isGone ? 'BLOB_MISSING' : 'BLOB_CORRUPT' };
    }
  }

  private folders(): Promise<string[]> {
    return foldersOf(this.folder);
  }
}

/** Those of blobs that are files of their own. */
export async function foldersOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => FOLDER.test(name)).sort();
}

function compared(id: BlobId, bytes: Uint8Array): StoredBlob {
  const isWhole = hash('sha256', bytes, 'hex') === id;
  return isWhole ? { id, bytes, fault: null } : { id, bytes: null, fault: 'BLOB_CORRUPT' };
}
