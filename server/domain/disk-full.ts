import { LookalikeError } from './errors.js';

const CODES = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** Whether something failed because there was no room, whatever store or layer says so. */
export function isDiskFull(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  // What is told to users may quote what they wrote.
  if (thrown instanceof LookalikeError) {
    return thrown.code === 'DISK_FULL' || isDiskFull(thrown.cause);
  }
  if ('code' in thrown && CODES.some((code) => code === thrown.code)) return true;
  if (/ENOSPC|no space left|disk is full/i.test(thrown.message)) return true;
  return isDiskFull(thrown.cause);
}
