import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';

const UNSIGNED_BYTE = 8;
/** Far above any real file; keeps a forged header from claiming all memory. */
export const MAX_BYTES = 2 ** 31;

/** The content of an IDX file of bytes: `shape` says how `data` is to be cut. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

export interface IdxHeader {
  readonly shape: readonly number[];
  /** Of the header itself, in bytes. */
  readonly length: number;
  /** Bytes that follow. */
  readonly dataLength: number;
}

/**
 * Reads a gzipped IDX file (the format of MNIST, yann.lecun.com/exdb/mnist).
 * @throws LookalikeError SOURCE_FILES_MISSING, IDX_CORRUPT
 */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const packed = await readPacked(path);
  try {
    return parseIdx(await promisify(gunzip)(packed, { maxOutputLength: MAX_BYTES }));
  } catch (thrown) {
    throw damaged(path, thrown);
  }
}

/** @throws LookalikeError SOURCE_FILES_MISSING */
export async function readPacked(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (thrown) {
    throw new LookalikeError(
      'SOURCE_FILES_MISSING',
      `${basename(path)} cannot be read (${reasonOf(thrown)}). Run \`npm run setup\`.`,
    );
  }
}

export function damaged(path: string, thrown: unknown): LookalikeError {
  return new LookalikeError(
    'IDX_CORRUPT',
    `${basename(path)} is damaged (${reasonOf(thrown)}). Delete it and run \`npm run setup\`.`,
  );
}

/** @throws Error that says what is wrong with the bytes */
export function parseIdx(bytes: Uint8Array): IdxArray {
  const { shape, length, dataLength } = parseHeader(bytes);
  const data = bytes.subarray(length);
  requireLength(data.byteLength, dataLength);
  return { shape, data };
}

/** @param bytes the start of a file; all of its header, or it is cut short */
export function parseHeader(bytes: Uint8Array): IdxHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 4) throw new Error('it has no header');
  if (view.getUint16(0) !== 0) throw new Error('it does not begin like an IDX file');
  if (view.getUint8(2) !== UNSIGNED_BYTE) throw new Error('it does not hold unsigned bytes');
  const dimensions = view.getUint8(3);
  const length = 4 + 4 * dimensions;
  if (bytes.byteLength < length) throw new Error('its header is cut short');
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { shape, length, dataLength: shape.reduce((product, size) => product * size, 1) };
}

/** @throws Error that says how many bytes there should be */
export function requireLength(actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`it should hold ${expected} bytes and holds ${actual}`);
}
