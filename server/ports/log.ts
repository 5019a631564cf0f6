/** Where the process tells what it does, one line each. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}
