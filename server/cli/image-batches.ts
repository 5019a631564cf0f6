import type { Split } from '../domain/dataset.js';
import { reasonOf } from '../domain/errors.js';
import type { LabelRows } from './labels-file.js';
import { NotTaken, type PictureSource } from './picture-source.js';
import type { Placement } from './placement.js';
import type { OutgoingPicture } from './server-client.js';

const BATCH_BYTES = 8_000_000;
const BATCH_FILES = 50;
/** What is said of the files of a batch has to fit into a request too. */
const BATCH_WORDS = 1_000_000;

export interface RefusedPicture {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

export interface Batch {
  readonly pictures: readonly OutgoingPicture[];
  /** Files that came before, and could not be read. */
  readonly refused: readonly RefusedPicture[];
}

/** What is said of a picture, from its folders, the file of labels and the command. */
export interface Describing {
  readonly placementOf: (name: string) => Placement;
  readonly labels: LabelRows | null;
  readonly split: Split | null;
}

/** Reads the pictures one after another, and gives them in batches for one request each. */
export async function* batchesOf(
  source: PictureSource,
  describing: Describing,
): AsyncGenerator<Batch> {
  let pictures: OutgoingPicture[] = [];
  let refused: RefusedPicture[] = [];
  let bytes = 0;
  let words = 0;
  for await (const file of source.files()) {
    const taken = wordsOf(file.name, describing);
    try {
      const picture = { ...taken, bytes: await file.read() };
      pictures.push(picture);
      bytes += picture.bytes.byteLength;
      words += JSON.stringify(taken).length;
    } catch (thrown) {
      const code = thrown instanceof NotTaken ? thrown.code : 'FILE_UNREADABLE';
      refused.push({ name: file.name, code, message: reasonOf(thrown) });
    }
    const count = pictures.length + refused.length;
    if (count < BATCH_FILES && bytes < BATCH_BYTES && words < BATCH_WORDS) continue;
    yield { pictures, refused };
    pictures = [];
    refused = [];
    bytes = 0;
    words = 0;
  }
  if (pictures.length + refused.length > 0) yield { pictures, refused };
}

function wordsOf(name: string, { placementOf, labels, split }: Describing) {
  const placement = placementOf(name);
  const row = labels?.of(name) ?? null;
  return {
    name,
    label: row?.label ?? placement.label,
    split: row?.split ?? split ?? placement.split,
    metadata: row?.metadata ?? [],
  };
}
