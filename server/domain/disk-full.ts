const CODES = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** Whether something failed because there was no room, whatever store or layer says so. */
export function isDiskFull(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if ('code' in thrown && CODES.some((code) => code === thrown.code)) return true;
  if (/ENOSPC|no space left|disk is full/i.test(thrown.message)) return true;
  return isDiskFull(thrown.cause);
}
