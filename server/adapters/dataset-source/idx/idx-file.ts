import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';

const UNSIGNED_BYTE = 8;
/** Far above any real file; keeps a forged header from claiming all memory. */
const MAX_BYTES = 2 ** 31;
const LEAST_CHUNK = 16 * 1024;
/** Above the 47 MB of Fashion-MNIST's largest file. */
const LARGEST_CHUNK = 64 * 1024 * 1024;

/** The content of an IDX file of bytes: `shape` says how `data` is to be cut. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Reads a gzipped IDX file (the format of MNIST, yann.lecun.com/exdb/mnist).
 * @throws LookalikeError SOURCE_FILES_MISSING, IDX_CORRUPT
 */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const packed = await readFile(path).catch((thrown: unknown) => {
    throw new LookalikeError(
      'SOURCE_FILES_MISSING',
      `${basename(path)} cannot be read (${reasonOf(thrown)}). Run \`npm run setup\`.`,
    );
  });
  try {
    const options = { chunkSize: chunkSizeFor(packed), maxOutputLength: MAX_BYTES };
    return parseIdx(await promisify(gunzip)(packed, options));
  } catch (thrown) {
    throw new LookalikeError(
      'IDX_CORRUPT',
      `${basename(path)} is damaged (${reasonOf(thrown)}). Delete it and run \`npm run setup\`.`,
    );
  }
}

/**
 * One chunk for the whole content, whose length modulo 2^32 a gzip file ends with (RFC 1952), and a byte
 * for the end to be seen: in chunks of 16 KB it is copied together from thousands. What the file says is
 * not relied on.
 */
function chunkSizeFor(packed: Buffer): number {
  const length = packed.byteLength < 4 ? 0 : packed.readUInt32LE(packed.byteLength - 4);
  return Math.min(Math.max(length + 1, LEAST_CHUNK), LARGEST_CHUNK);
}

/** @throws Error that says what is wrong with the bytes */
export function parseIdx(bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 4) throw new Error('it has no header');
  if (view.getUint16(0) !== 0) throw new Error('it does not begin like an IDX file');
  if (view.getUint8(2) !== UNSIGNED_BYTE) throw new Error('it does not hold unsigned bytes');
  const dimensions = view.getUint8(3);
  const headerLength = 4 + 4 * dimensions;
  if (bytes.byteLength < headerLength) throw new Error('its header is cut short');
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = shape.reduce((product, length) => product * length, 1);
  const data = bytes.subarray(headerLength);
  if (data.byteLength !== expected) {
    throw new Error(`it should hold ${expected} bytes and holds ${data.byteLength}`);
  }
  return { shape, data };
}
