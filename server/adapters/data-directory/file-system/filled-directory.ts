import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UNFINISHED_RESTORE } from '../../../domain/backup.js';
import { LookalikeError } from '../../../domain/errors.js';
import type { BlobId } from '../../../domain/image.js';
import type { Blobs } from '../../../ports/blobs.js';
import type { FilledDirectory } from '../../../ports/backups.js';
import { flush } from '../../flush/flush.js';

/** What a data directory is made of; the tables last, for they make it one. */
const PARTS = ['blobs', 'indexes', 'incoming', 'metadata.sqlite'];
/** What may lie in an empty one: its lock, and what file systems put into each of theirs. */
const NOTHING = /^(?:lock\.sqlite.*|lost\+found)$/;

/** The stores that are opened in the folder that is filled. */
export interface FilledStores {
  blobs(folder: string): Blobs & { close(): Promise<void> };
  borneBlobs(folder: string): AsyncIterable<readonly BlobId[]>;
}

/**
 * A data directory that is filled in a folder within, for it may be a disk of its own. While that folder
 * is there no server takes the directory, and another restoration begins anew.
 */
export class FileSystemFilledDirectory implements FilledDirectory {
  private readonly blobs: Blobs & { close(): Promise<void> };
  private isPublished = false;

  private constructor(
    private readonly directory: string,
    private readonly folder: string,
    private readonly stores: FilledStores,
  ) {
    this.blobs = stores.blobs(join(folder, 'blobs'));
  }

  /** The directory must be locked. @throws LookalikeError DATA_DIRECTORY_NOT_EMPTY */
  static async begin(directory: string, stores: FilledStores): Promise<FileSystemFilledDirectory> {
    const present = (await readdir(directory)).filter((name) => !NOTHING.test(name));
    if (present.length > 0 && !present.includes(UNFINISHED_RESTORE)) {
      throw new LookalikeError(
        'DATA_DIRECTORY_NOT_EMPTY',
        `There is something in ${directory} already (${present.slice(0, 3).join(', ')}). A backup is ` +
          'restored into an empty directory only: name another one with --data.',
      );
    }
    const folder = join(directory, UNFINISHED_RESTORE);
    await mkdir(folder, { recursive: true });
    await flush(directory);
    // What a restoration left that was killed as it was nearly done.
    for (const part of PARTS) await rm(join(directory, part), { recursive: true, force: true });
    for (const left of await readdir(folder)) await rm(join(folder, left), { recursive: true });
    await mkdir(join(folder, 'blobs'));
    return new FileSystemFilledDirectory(directory, folder, stores);
  }

  putBlobs(blobs: readonly Uint8Array[]): Promise<BlobId[]> {
    return this.blobs.putMany(blobs);
  }

  async write(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const path = join(this.folder, file);
    await mkdir(dirname(path), { recursive: true });
    const opened = await open(path, 'wx');
    try {
      for await (const piece of pieces) await opened.writeFile(piece);
      await opened.sync();
    } finally {
      await opened.close();
    }
    await flush(dirname(path));
  }

  blobIds(): AsyncIterable<readonly BlobId[]> {
    return this.stores.borneBlobs(this.folder);
  }

  async publish(): Promise<void> {
    await this.blobs.close();
    const written = await readdir(this.folder);
    for (const name of written) if (!name.includes('.')) await flush(join(this.folder, name));
    for (const part of PARTS.filter((each) => written.includes(each))) {
      await rename(join(this.folder, part), join(this.directory, part));
    }
    await flush(this.directory);
    await rm(this.folder, { recursive: true });
    await flush(this.directory);
    this.isPublished = true;
  }

  async discard(): Promise<void> {
    if (this.isPublished) return;
    await this.blobs.close().catch(() => undefined);
    for (const part of [...PARTS, UNFINISHED_RESTORE]) {
      await rm(join(this.directory, part), { recursive: true, force: true });
    }
  }
}
