import type { LogLevel } from '../domain/logging.js';

/** What stands beside a line, by names that are the same everywhere: `requestId`, `runId`. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where the process tells what it does, one line each. */
export interface Log {
  debug(line: string, fields?: LogFields): void;
  info(line: string, fields?: LogFields): void;
  warn(line: string, fields?: LogFields): void;
  error(line: string, fields?: LogFields): void;
  /** Whether lines of this level are told at all: what takes time to put together need not be. */
  tells(level: LogLevel): boolean;
  /** The same log, with these fields beside every line. */
  with(fields: LogFields): Log;
  /** Passes on what a child process has written: a line of its own log, or whatever else it said. */
  relay(line: string, child: string): void;
}
