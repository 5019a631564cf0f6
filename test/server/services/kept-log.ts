import type { Log } from '../../../server/ports/log.js';

/** Keeps what is told, instead of printing it: hundreds of imports are not worth reading. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const log: Log & { readonly lines: string[] } = {
    ...{ lines, debug: keep, info: keep, warn: keep, error: keep, relay: keep },
    tells: () => true,
    with: () => log,
  };
  return log;
}
