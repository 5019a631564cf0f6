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

const UNUSABLE = /^(EIO|EROFS|EACCES|EPERM|SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB).*)$/;

/** Why the disk cannot be read or written, as it says itself; null where it is not at fault. */
export function diskFaultOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || thrown instanceof LookalikeError) return null;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return UNUSABLE.test(code) ? `${code}: ${thrown.message}` : diskFaultOf(thrown.cause);
}
