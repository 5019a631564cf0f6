import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from '../../../ports/trial.js';

/** A page of most file systems: a full disk has no room for it. */
const BYTES = 4096;

/** Tries to write a file into a folder, as far as the disk. */
export class FolderTrial implements Trial {
  private readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, 'write-trial.tmp');
  }

  async try(): Promise<void> {
    try {
      const file = await open(this.path, 'w');
      try {
        await file.writeFile(Buffer.alloc(BYTES, 1));
        await file.sync();
      } finally {
        await file.close();
      }
    } finally {
      await rm(this.path, { force: true });
    }
  }
}
