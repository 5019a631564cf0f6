import { open, type FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { reasonOf } from '../domain/errors.js';
import { imageNameOf } from '../domain/image-name.js';
import type { MetadataEntry } from '../domain/image.js';
import type { Split } from '../domain/dataset.js';
import { splitOf } from './arguments.js';
import { UsageError } from './usage-error.js';

/** What a file of labels says of one picture; null and empty are not said. */
export interface LabelRow {
  readonly label: string | null;
  readonly split: Split | null;
  readonly metadata: readonly MetadataEntry[];
}

/** What a file of labels says, by the name of the picture. */
export class LabelRows {
  private readonly unused: Set<string>;
  private misses = 0;

  constructor(private readonly rows: ReadonlyMap<string, LabelRow>) {
    this.unused = new Set(rows.keys());
  }

  /** The row of a picture, if there is one. */
  of(name: string): LabelRow | null {
    const key = keyOf(name);
    const row = this.rows.get(key) ?? null;
    if (!row) this.misses += 1;
    this.unused.delete(key);
    return row;
  }

  /** Pictures that were asked for and have no row. */
  get missCount(): number {
    return this.misses;
  }

  /** Rows that nobody has asked for. */
  get unusedCount(): number {
    return this.unused.size;
  }

  /** Some of them. */
  unusedNames(limit: number): string[] {
    return [...this.unused].slice(0, limit);
  }
}

/**
 * Reads CSV with a header, or JSON lines where the file is called so.
 * @throws UsageError naming the line that is wrong
 */
export async function readLabels(path: string): Promise<LabelRows> {
  const rows = new Map<string, LabelRow>();
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    if (!(await file.stat()).isFile()) throw new Error('it is no ordinary file');
    const records = /\.(jsonl|ndjson)$/i.test(path) ? jsonLines(file, path) : csvLines(file);
    for await (const { record, line } of records) addRow(rows, record, `${path}, line ${line}`);
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    throw new UsageError(`${path} cannot be read (${reasonOf(thrown)}).`);
  } finally {
    await file?.close();
  }
  return new LabelRows(rows);
}

interface Line {
  readonly record: Readonly<Record<string, unknown>>;
  readonly line: number;
}

async function* csvLines(file: FileHandle): AsyncGenerator<Line> {
  const input = file.createReadStream({ autoClose: false });
  const parser = parse({
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
  });
  // A fault of the disk does not pass through a pipe by itself.
  input.on('error', (fault) => parser.destroy(fault));
  const rows = input.pipe(parser) as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>;
  for await (const { record, info } of rows) yield { record, line: info.lines };
}

async function* jsonLines(file: FileHandle, path: string): AsyncGenerator<Line> {
  let line = 0;
  for await (const text of file.readLines({ autoClose: false })) {
    line += 1;
    if (text.trim() === '') continue;
    yield { record: objectOf(text.replace(/^\uFEFF/, ''), `${path}, line ${line}`), line };
  }
}

function objectOf(text: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new UsageError(`${where} is not JSON (${reasonOf(thrown)}).`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError(`${where} is no JSON object.`);
}

function addRow(rows: Map<string, LabelRow>, record: Line['record'], where: string): void {
  const { label, split, ...rest } = record;
  const column = textOf(rest['name']) === '' ? 'file' : 'name';
  const named = textOf(rest[column]);
  if (named === '') {
    throw new UsageError(`${where}: there is no name. It is in the column "name" or "file".`);
  }
  const key = keyOf(named);
  if (rows.has(key)) throw new UsageError(`${where}: ${named} is there a second time.`);
  rows.set(key, {
    label: textOf(label) || null,
    split: textOf(split) === '' ? null : splitIn(textOf(split), where),
    metadata: Object.entries(rest)
      .filter(([entryKey]) => entryKey !== column)
      .map(([entryKey, value]) => ({ key: entryKey, value: textOf(value) }))
      .filter(({ value }) => value !== ''),
  });
}

function splitIn(text: string, where: string): Split {
  try {
    return splitOf(text);
  } catch (thrown) {
    throw new UsageError(`${where}: ${reasonOf(thrown)}`);
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Names are compared as the server keeps them, however they are written. */
function keyOf(name: string): string {
  const relative = name.replace(/^(\.[/\\])+/, '');
  try {
    return imageNameOf(relative);
  } catch {
    return relative;
  }
}
