const DRAWN_EVERY_MS = 200;
const WRITTEN_EVERY_MS = 10_000;

/** Where the progress is shown; a terminal is drawn over, anything else gets a line now and then. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Tells how far work is: counts, speed and time left, on one line. */
export class Progress {
  private done = 0;
  private bytes = 0;
  private refused = 0;
  private lastShown = 0;
  private drawn = '';

  constructor(
    private readonly screen: Screen,
    /** Null where nobody knows. */
    private readonly total: number | null,
    private readonly now: () => number = Date.now,
    private readonly startedAt = now(),
    private readonly things = 'images',
  ) {
    this.lastShown = startedAt;
  }

  add({ done, bytes, refused }: { done: number; bytes: number; refused: number }): void {
    this.done += done;
    this.bytes += bytes;
    this.refused += refused;
    const pause = this.screen.isTTY ? DRAWN_EVERY_MS : WRITTEN_EVERY_MS;
    if (this.now() - this.lastShown < pause) return;
    this.lastShown = this.now();
    this.show();
  }

  /** Says something above the progress. */
  say(line: string): void {
    this.clear();
    this.screen.write(`${line}\n`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.drawn === '') return;
    this.screen.write(`\r${' '.repeat(this.drawn.length)}\r`);
    this.drawn = '';
  }

  /** `1,200 of 50,000, 210 images/s, 14.2 MB/s, 4 min left, 2 refused` */
  line(): string {
    const seconds = Math.max(0.001, (this.now() - this.startedAt) / 1000);
    const speed = this.done / seconds;
    const { total, things } = this;
    const left = speed > 0 && total !== null ? (total - this.done) / speed : null;
    return [
      total === null
        ? `${counted(this.done)} ${things}`
        : `${counted(this.done)} of ${counted(total)}`,
      `${speed < 10 ? speed.toFixed(1) : Math.round(speed)} ${things}/s`,
      `${(this.bytes / 1e6 / seconds).toFixed(1)} MB/s`,
      ...(left === null ? [] : [`${duration(left)} left`]),
      ...(this.refused > 0 ? [`${counted(this.refused)} refused`] : []),
    ].join(', ');
  }

  private show(): void {
    if (!this.screen.isTTY) {
      this.screen.write(`${this.line()}\n`);
      return;
    }
    const line = this.line();
    this.screen.write(`\r${line.padEnd(this.drawn.length)}`);
    this.drawn = line;
  }
}

export function counted(count: number): string {
  return count.toLocaleString('en');
}

/** Seconds in words: `45 s`, `3 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
