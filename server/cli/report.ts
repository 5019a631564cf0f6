import { open, type FileHandle } from 'node:fs/promises';
import { reasonOf } from '../domain/errors.js';
import { UsageError } from './usage-error.js';
import type { RefusedPicture } from './image-batches.js';

const SHOWN = 20;

/** Keeps what was refused: the first few for the screen, all of it in a file if one is asked for. */
export class Report {
  readonly shown: RefusedPicture[] = [];
  private count = 0;

  private constructor(
    private readonly file: FileHandle | null,
    private last: Promise<unknown> = Promise.resolve(),
  ) {}

  /** @throws UsageError when the file cannot be written */
  static async open(path: string | null): Promise<Report> {
    if (path === null) return new Report(null);
    try {
      const file = await open(path, 'w');
      await file.write('name,code,message\n');
      return new Report(file);
    } catch (thrown) {
      throw new UsageError(`--report: ${path} cannot be written (${reasonOf(thrown)}).`);
    }
  }

  get refusedCount(): number {
    return this.count;
  }

  async add(refused: readonly RefusedPicture[]): Promise<void> {
    this.count += refused.length;
    this.shown.push(...refused.slice(0, SHOWN - this.shown.length));
    const { file } = this;
    if (file === null || refused.length === 0) return;
    const lines = refused.map(({ name, code, message }) =>
      [name, code, message].map(cell).join(','),
    );
    const write = () => file.write(`${lines.join('\n')}\n`);
    this.last = this.last.then(write);
    await this.last;
  }

  async close(): Promise<void> {
    await this.file?.close();
  }
}

/** Quoted always, so that commas, quotes and line ends in names do no harm. */
function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
