import { join } from 'node:path';
import { LookalikeError } from '../../../domain/errors.js';
import { lockFile } from './file-lock.js';

/** Beside the lock of the server, which its children do not hold: they outlive one that is killed by moments. */
const FILE = 'lock.sqlite.children';
/** What those do who hold it alone takes less. */
const CHILD_WAITS_MS = 20_000;
const LOOK_MS = 100;
/** What is held until the end of this process: a lock goes with the connection that nobody knows any more. */
const held: (() => void)[] = [];

/**
 * Says that a child of a server works on a data directory, until its end.
 * @throws LookalikeError DATA_DIRECTORY_LOCKED
 */
export function joinDataDirectory(dataDirectory: string): void {
  const unlock = lockFile(join(dataDirectory, FILE), 'SHARED', CHILD_WAITS_MS);
  if (unlock) held.push(unlock);
  else throw new LookalikeError('DATA_DIRECTORY_LOCKED', `${dataDirectory} is being cleared up.`);
}

/**
 * Does something while no child works on a data directory, whose lock the caller has; one that begins
 * meanwhile waits. @param waitMs for those of a server that was killed to end, as each does when it notices
 * @returns false, and nothing is done, where one has not ended by then
 */
export async function withoutChildren(
  dataDirectory: string,
  waitMs: number,
  work: () => Promise<void>,
): Promise<boolean> {
  for (let left = waitMs; ; left -= LOOK_MS) {
    const unlock = lockFile(join(dataDirectory, FILE), 'EXCLUSIVE');
    if (unlock) {
      try {
        await work();
        return true;
      } finally {
        unlock();
      }
    }
    if (left <= 0) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
