/** How fast an import goes, over the last seconds. */
export interface Pace {
  readonly filesPerSecond: number;
  readonly bytesPerSecond: number;
}

interface Mark {
  /** Milliseconds. */
  readonly at: number;
  readonly files: number;
  readonly bytes: number;
}

const WINDOW_MS = 15_000;

/** Remembers how far an import was in the last seconds. Times are milliseconds of any one clock. */
export class PaceMeter {
  private marks: Mark[] = [];

  /** From here on anew: a pause must not count as slowness. */
  restart(mark: Mark): void {
    this.marks = [mark];
  }

  note(mark: Mark): void {
    this.marks.push(mark);
    const recent = this.marks.findIndex(({ at }) => at >= mark.at - WINDOW_MS);
    // One mark from before the window stays, so that there is always a stretch to measure.
    if (recent > 1) this.marks.splice(0, recent - 1);
  }

  /** Null until something has been noted after the start. */
  pace(): Pace | null {
    const [first] = this.marks;
    const last = this.marks.at(-1);
    if (!first || !last || last.at <= first.at) return null;
    const seconds = (last.at - first.at) / 1000;
    return {
      filesPerSecond: (last.files - first.files) / seconds,
      bytesPerSecond: (last.bytes - first.bytes) / seconds,
    };
  }
}

/** Seconds that the rest will take, by the slower of files and bytes; null while that is not known. */
export function secondsLeft(pace: Pace | null, files: number, bytes: number): number | null {
  if (!pace || pace.filesPerSecond <= 0 || pace.bytesPerSecond <= 0) return null;
  return Math.max(files / pace.filesPerSecond, bytes / pace.bytesPerSecond);
}
