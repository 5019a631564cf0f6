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

/** Where the disk made something fail, what users are told of it, with what it says as the cause; else null. */
export function diskFaultOf(thrown: unknown): LookalikeError | null {
  if (!(thrown instanceof Error) || thrown instanceof LookalikeError) return null;
  if (isDiskFull(thrown)) return new LookalikeError('DISK_FULL', undefined, { cause: thrown });
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (!UNUSABLE.test(code)) return diskFaultOf(thrown.cause);
  return new LookalikeError(
    'DATA_DIRECTORY_UNUSABLE',
    'The data directory cannot be read or written: the log has what the disk says. ' +
      'What was acknowledged is kept; do the rest again when it is mended.',
    { cause: thrown },
  );
}
