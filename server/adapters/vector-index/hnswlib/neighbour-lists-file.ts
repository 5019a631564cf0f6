import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';

/** Hits that are listed of each image. */
export const LISTED = 10;

/** The nearest to every image of a graph, row by row. */
export interface ListedHits {
  /** Candidates that the searches looked at. */
  readonly ef: number;
  /** The image of each row, ascending. */
  readonly images: Uint32Array;
  /** LISTED in each row, nearest first. */
  readonly ids: Uint32Array;
  readonly distances: Float32Array;
  /** Hits that there are in each row. */
  readonly counts: Uint8Array;
}

const CHECKSUM_BYTES = 32;
/** ef and the number of rows. */
const HEAD_WORDS = 2;
const ROW_BYTES = 4 * (1 + 2 * LISTED) + 1;

/** Where lists are written before they are whole. */
export function asideOf(path: string): string {
  return `${path}.tmp`;
}

/**
 * Writes the lists beside their graph, whole or not at all: a SHA-256 of all that follows and of the
 * graph, ef, the number of rows, then the four arrays, all little-endian.
 * @param graphSha256 which graph they are of
 */
export async function writeLists(
  path: string,
  { ef, images, ids, distances, counts }: ListedHits,
  graphSha256: string,
): Promise<void> {
  const head = Uint32Array.of(ef, images.length);
  const body = Buffer.concat([head, images, ids, distances, counts].map(bytesOf));
  const aside = asideOf(path);
  const file = await open(aside, 'w');
  try {
    await file.writeFile(Buffer.concat([checksumOf(body, graphSha256), body]));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

/** The lists of a graph; null where there are none, or the file is damaged or another graph's. */
export async function readLists(path: string, graphSha256: string): Promise<ListedHits | null> {
  const file = await readFile(path).catch(() => null);
  if (!file || file.length < CHECKSUM_BYTES + 4 * HEAD_WORDS) return null;
  const checksum = file.subarray(0, CHECKSUM_BYTES);
  // Copied, to begin where numbers of four bytes may.
  const body = new Uint8Array(file.subarray(CHECKSUM_BYTES));
  if (!checksumOf(body, graphSha256).equals(checksum)) return null;
  const [ef = 0, rows = 0] = new Uint32Array(body.buffer, 0, HEAD_WORDS);
  if (body.length !== 4 * HEAD_WORDS + rows * ROW_BYTES) return null;
  let at = 4 * HEAD_WORDS;
  const next = (bytes: number) => (at += bytes) - bytes;
  return {
    ef,
    images: new Uint32Array(body.buffer, next(4 * rows), rows),
    ids: new Uint32Array(body.buffer, next(4 * rows * LISTED), rows * LISTED),
    distances: new Float32Array(body.buffer, next(4 * rows * LISTED), rows * LISTED),
    counts: new Uint8Array(body.buffer, next(rows), rows),
  };
}

function checksumOf(body: Uint8Array, graphSha256: string): Buffer {
  return createHash('sha256').update(graphSha256).update(body).digest();
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
