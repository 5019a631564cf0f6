import type { Log } from '../../../ports/log.js';

/** Lines on the standard streams, with the time and who speaks. */
export class ConsoleLog implements Log {
  constructor(private readonly speaker: string) {}

  info(line: string): void {
    process.stdout.write(this.stamped(line));
  }

  warn(line: string): void {
    process.stderr.write(this.stamped(`warning: ${line}`));
  }

  error(line: string): void {
    process.stderr.write(this.stamped(`error: ${line}`));
  }

  private stamped(line: string): string {
    return `${new Date().toISOString()} ${this.speaker}  ${line}\n`;
  }
}
