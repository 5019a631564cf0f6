import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lockFile } from './file-lock.js';
import { UNFINISHED_RESTORE } from '../../../domain/backup.js';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';

/**
 * Keeps a second server off a data directory.
 * @returns lets go
 * @throws LookalikeError DATA_DIRECTORY_LOCKED, DATA_DIRECTORY_UNUSABLE
 */
export function lockDataDirectory(dataDirectory: string): () => void {
  let unlock: (() => void) | null;
  try {
    const made = mkdirSync(dataDirectory, { recursive: true });
    // A new directory has a name too, in the one above it.
    if (made !== undefined) syncFolder(dirname(resolve(made)));
    unlock = lockFile(join(dataDirectory, 'lock.sqlite'), 'EXCLUSIVE');
  } catch (thrown) {
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The data directory ${dataDirectory} cannot be used: ${reasonOf(thrown)}`,
      { cause: thrown },
    );
  }
  if (unlock) return unlock;
  throw new LookalikeError(
    'DATA_DIRECTORY_LOCKED',
    `Another Lookalike process uses ${dataDirectory}. Stop it, or set LOOKALIKE_DATA_DIR to ` +
      'another directory.',
  );
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
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
