import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFiles } from '../../../ports/backups.js';

const PIECE_BYTES = 1024 * 1024;

/** Indexes, each in a folder of its own, and bundles that wait, in a data directory. */
export class FileSystemDataFiles implements DataFiles {
  constructor(private readonly dataDirectory: string) {}

  async indexFiles(id: string): Promise<string[]> {
    return (await this.filesIn(`indexes/${id}`)).filter((file) => !file.endsWith('.tmp'));
  }

  async waitingBundles(): Promise<string[]> {
    return (await this.filesIn('incoming')).filter((file) => file.endsWith('.zip'));
  }

  async open(file: string): Promise<AsyncIterable<Uint8Array> | null> {
    try {
      const opened = await open(join(this.dataDirectory, file));
      return opened.createReadStream({ highWaterMark: PIECE_BYTES });
    } catch (thrown) {
      if (isNotThere(thrown)) return null;
      throw thrown;
    }
  }

  private async filesIn(folder: string): Promise<string[]> {
    try {
      const names = await readdir(join(this.dataDirectory, folder));
      return names.sort().map((name) => `${folder}/${name}`);
    } catch (thrown) {
      if (isNotThere(thrown)) return [];
      throw thrown;
    }
  }
}

function isNotThere(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
