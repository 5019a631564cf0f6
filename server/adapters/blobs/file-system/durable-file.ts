import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flush } from '../../flush/flush.js';

const ASIDE = '.tmp';
/** What this process writes aside at the moment. */
const underWay = new Set<string>();

/**
 * Finds what killed writes of `writeDurably` left in a folder, as paths. Those of this process that go on are
 * left out; no other one may be writing there.
 */
export async function unfinishedIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ASIDE));
  return names.map((name) => join(folder, name)).filter((path) => !underWay.has(path));
}

/**
 * Writes a file that is whole or absent, whatever is killed when: written aside, flushed, renamed,
 * and the folder flushed so that the name survives too.
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const made = await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${randomUUID()}${ASIDE}`;
  underWay.add(aside);
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (thrown) {
    await rm(aside, { force: true });
    throw thrown;
  } finally {
    underWay.delete(aside);
  }
  await flush(dirname(path));
  // A new folder has a name too, in the folder above it.
  if (made !== undefined) await flush(dirname(made));
}
