/** The time between two lines of our log, which begin with the moment. @throws Error without them */
export function secondsBetween(log: string, from: RegExp, to: RegExp): number {
  return (momentOf(log, to) - momentOf(log, from)) / 1000;
}

/** The moment of the first line like this, in milliseconds since 1970. */
export function momentOf(log: string, line: RegExp): number {
  const found = log.split('\n').find((candidate) => line.test(candidate));
  const moment = Date.parse(found?.split(' ', 1)[0] ?? '');
  if (Number.isNaN(moment)) throw new Error(`The log has no line like ${String(line)}:\n${log}`);
  return moment;
}
