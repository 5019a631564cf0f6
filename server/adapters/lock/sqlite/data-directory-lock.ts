import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { UNFINISHED_RESTORE } from '../../../domain/backup.js';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';

/**
 * Keeps a second server off a data directory. SQLite's lock on a file of its own: the kernel lets go
 * of it when the process ends, however it ends, so that no stale lock can be left behind.
 * @returns lets go
 * @throws LookalikeError DATA_DIRECTORY_LOCKED, DATA_DIRECTORY_UNUSABLE
 */
export function lockDataDirectory(dataDirectory: string): () => void {
  try {
    mkdirSync(dataDirectory, { recursive: true });
    const lock = new Libsql(join(dataDirectory, 'lock.sqlite'));
    lock.pragma('busy_timeout = 0');
    lock.exec('begin exclusive');
    return () => {
      // `close` alone lets go only when the connection is collected.
      lock.exec('rollback');
      lock.close();
    };
  } catch (thrown) {
    if (/locked|busy/i.test(reasonOf(thrown))) {
      throw new LookalikeError(
        'DATA_DIRECTORY_LOCKED',
        `Another Lookalike process uses ${dataDirectory}. Stop it, or set LOOKALIKE_DATA_DIR to ` +
          'another directory.',
        { cause: thrown },
      );
    }
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The data directory ${dataDirectory} cannot be used: ${reasonOf(thrown)}`,
      { cause: thrown },
    );
  }
}

/**
 * A restoration that was killed leaves a part of a data directory, which nobody may take for one.
 * @throws LookalikeError DATA_DIRECTORY_UNUSABLE
 */
export function requireWholeDirectory(dataDirectory: string): void {
  if (!existsSync(join(dataDirectory, UNFINISHED_RESTORE))) return;
  throw new LookalikeError(
    'DATA_DIRECTORY_UNUSABLE',
    `A backup was being restored into ${dataDirectory}, and that was cut off. Give ` +
      '`lookalike restore` again: it begins anew.',
  );
}
