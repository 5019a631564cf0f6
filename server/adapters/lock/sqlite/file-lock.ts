import Libsql from 'libsql';
import { reasonOf } from '../../../domain/errors.js';

/**
 * SQLite's lock on a file of its own: the kernel lets go of it when the process ends, however it ends, so
 * that no stale lock can be left behind.
 * @param kind EXCLUSIVE for one alone, SHARED for any number that keep that one away
 * @param waitMs holds up the whole process, for as long as somebody is in the way
 * @returns lets go; null where somebody is in the way
 */
export function lockFile(
  path: string,
  kind: 'EXCLUSIVE' | 'SHARED',
  waitMs = 0,
): (() => void) | null {
  const lock = new Libsql(path);
  try {
    lock.pragma(`busy_timeout = ${waitMs}`);
    lock.exec(kind === 'EXCLUSIVE' ? 'begin exclusive' : 'begin');
    // Whoever has begun to read holds the lock until the end of the transaction.
    if (kind === 'SHARED') lock.prepare('select count(*) from sqlite_master').all();
  } catch (thrown) {
    lock.close();
    if (/locked|busy/i.test(reasonOf(thrown))) return null;
    throw thrown;
  }
  return () => {
    // `close` alone lets go only when the connection is collected.
    lock.exec('rollback');
    lock.close();
  };
}
