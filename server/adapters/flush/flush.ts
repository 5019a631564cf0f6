import { open } from 'node:fs/promises';

/** Waits until the disk has what a file holds, or what names a folder has: they survive a loss of power then. */
export async function flush(path: string): Promise<void> {
  const opened = await open(path, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
