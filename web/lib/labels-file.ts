import type { Split } from '../gql/graphql';

/** What is said of a picture. */
export interface Description {
  readonly label: string | null;
  readonly split: Split | null;
  readonly metadata: readonly { key: string; value: string }[];
}

/** A table of labels, splits and metadata by the name of the picture. */
export interface LabelsFile {
  readonly fileName: string;
  /** By the picture's name, in one Unicode form. */
  readonly rows: ReadonlyMap<string, Description>;
}

const MAX_BYTES = 256 * 1024 * 1024;
const NAME_COLUMNS = ['name', 'file', 'file_name', 'filename', 'path'];
const LINES_A_TURN = 20_000;

/** A labels file that cannot be used; the message says why and what to do. */
export class LabelsFileError extends Error {
  override readonly name = 'LabelsFileError';
}

/**
 * Reads a CSV (header row; columns `name`, `label`, `split`, every other one is metadata) or a
 * JSON-lines file (the same as keys; `metadata` may be an object). Throws LabelsFileError.
 */
export async function readLabelsFile(file: File): Promise<LabelsFile> {
  if (file.size > MAX_BYTES) throw new LabelsFileError(`${file.name} is over 256 MB. Split it.`);
  const text = await file.text();
  const lines = /\.(jsonl|ndjson)$/i.test(file.name);
  const records = lines ? await jsonLines(text) : await csvRows(text, file.name);
  const rows = new Map<string, Description>();
  for (const [place, record] of records.entries()) {
    const name = nameIn(record);
    if (name === null) {
      throw new LabelsFileError(
        `${file.name}, ${lines ? 'line' : 'row'} ${place + 1}: there is no name. ` +
          'It needs a column "name" with the path of each picture below the folder.',
      );
    }
    if (rows.has(keyOfName(name))) {
      throw new LabelsFileError(`${file.name}: "${name}" is there a second time. Remove one.`);
    }
    rows.set(keyOfName(name), descriptionOf(record, `${file.name}, "${name}"`));
  }
  return { fileName: file.name, rows };
}

/** One form for a name that systems write in several. */
export function keyOfName(name: string): string {
  return name
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .normalize('NFC');
}

type LabelRecord = Readonly<Record<string, unknown>>;

async function csvRows(text: string, fileName: string): Promise<LabelRecord[]> {
  const { parse } = await import('csv-parse/browser/esm/sync');
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].find((sign) => firstLine.includes(sign)) ?? ',';
  try {
    return parse(text, {
      columns: true,
      bom: true,
      delimiter,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
    });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabelsFileError(`${fileName} cannot be read as CSV: ${reason}.`);
  }
}

async function jsonLines(text: string): Promise<LabelRecord[]> {
  const records: LabelRecord[] = [];
  for (const [place, line] of text.split(/\r?\n/).entries()) {
    if (place % LINES_A_TURN === LINES_A_TURN - 1) await new Promise((turn) => setTimeout(turn));
    if (line.trim() === '') continue;
    try {
      const record: unknown = JSON.parse(line.replace(/^\uFEFF/, ''));
      if (typeof record !== 'object' || record === null) throw new Error('it is no object');
      records.push(record as LabelRecord);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new LabelsFileError(`Line ${place + 1} cannot be read as JSON: ${reason}.`);
    }
  }
  return records;
}

function nameIn(record: LabelRecord): string | null {
  for (const column of NAME_COLUMNS) {
    const name = textOf(record[column]);
    if (name !== null) return name;
  }
  return null;
}

function descriptionOf(record: LabelRecord, where: string): Description {
  const nested = record['metadata'];
  const extra =
    typeof nested === 'object' && nested !== null ? Object.entries(nested as LabelRecord) : [];
  const nameColumn = NAME_COLUMNS.find((column) => textOf(record[column]) !== null);
  const others = Object.entries(record).filter(
    ([key, value]) =>
      key !== nameColumn &&
      key !== 'label' &&
      key !== 'split' &&
      !(key === 'metadata' && typeof value === 'object'),
  );
  return {
    label: textOf(record['label']),
    split: splitOf(textOf(record['split']), where),
    metadata: [...others, ...extra].flatMap(([key, value]) => {
      const text = textOf(value);
      return text === null || key === '' ? [] : [{ key, value: text }];
    }),
  };
}

function splitOf(text: string | null, where: string): Split | null {
  if (text === null) return null;
  const split = text.trim().toUpperCase();
  if (split === 'TRAIN' || split === 'TEST') return split;
  throw new LabelsFileError(`${where}: the split is "${text}". It is train, test or left empty.`);
}

/** A cell as text; an empty one says nothing. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return null;
}
