import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LookalikeError } from '../../../domain/errors.js';

const LOOK_MS = 1000;
/** What this process keeps open: it would go on writing to files that nobody finds any more. */
const OPEN_FILES = ['lock.sqlite', 'metadata.sqlite', join('blobs', 'small.sqlite')];

/** A look at the files of a data directory now and then. */
export interface DirectoryWatch {
  /** Settles when one of them was deleted, or another one lies in its place. */
  readonly lost: Promise<LookalikeError>;
  close(): void;
}

/**
 * Watches over the files that the server has open. Where they are gone from their directory, what is written
 * to them is kept nowhere, and files that are written by name go to whatever has come in its place: nothing
 * may be answered as stored any more. As SQLite does, it tells files apart by their inodes.
 */
export function watchDataDirectory(dataDirectory: string, lookMs = LOOK_MS): DirectoryWatch {
  const inodes = new Map(
    OPEN_FILES.map((name) => join(resolve(dataDirectory), name)).map(
      (path) => [path, statSync(path).ino] as const,
    ),
  );
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<LookalikeError>((settle) => {
    const look = async () => {
      for (const [path, inode] of inodes) {
        const fault = await faultOf(path, inode);
        if (fault !== null) {
          settle(lostFile(path, fault));
          return;
        }
      }
      timer = setTimeout(() => void look(), lookMs).unref();
    };
    timer = setTimeout(() => void look(), lookMs).unref();
  });
  return { lost, close: () => clearTimeout(timer) };
}

/** Null also where nobody can tell at the moment. */
async function faultOf(path: string, inode: number): Promise<string | null> {
  try {
    return (await stat(path)).ino === inode ? null : 'was replaced';
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'was deleted' : null;
  }
}

function lostFile(path: string, fault: string): LookalikeError {
  return new LookalikeError(
    'DATA_DIRECTORY_UNUSABLE',
    `${path} ${fault} while the server was running. The server ends, for it could keep nothing any more. ` +
      'Put the data directory back in its place, or restore a backup, and start it again.',
  );
}
