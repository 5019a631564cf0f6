import { bundleInvalid } from './bundle.js';

const NEWLINE = 10;
const BYTES_PER_NUMBER = 4;

/**
 * The lines of a text that comes in pieces, without their ends; empty ones are left out.
 * @throws LookalikeError BUNDLE_INVALID for a line of over `maxBytes`, or one that is no UTF-8
 */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  const take = (part: Uint8Array) => {
    begunBytes += part.byteLength;
    if (begunBytes > maxBytes) {
      throw bundleInvalid(`line ${number + 1} has over ${maxBytes} bytes`);
    }
    begun.push(part);
  };
  const end = (): string => {
    number += 1;
    const bytes = joined(begun, begunBytes);
    begun = [];
    begunBytes = 0;
    try {
      return decoder.decode(bytes).trim();
    } catch (thrown) {
      throw bundleInvalid(`line ${number} is not UTF-8`, thrown);
    }
  };
  for await (const piece of pieces) {
    let start = 0;
    for (;;) {
      const newline = piece.indexOf(NEWLINE, start);
      if (newline < 0) break;
      take(piece.subarray(start, newline));
      const line = end();
      if (line !== '') yield line;
      start = newline + 1;
    }
    // A copy: whoever gives the pieces may write over them.
    if (start < piece.byteLength) take(piece.slice(start));
  }
  const last = end();
  if (last !== '') yield last;
}

/** A whole text. @throws LookalikeError BUNDLE_INVALID when it is no UTF-8 */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw bundleInvalid(`${file} is not UTF-8`, thrown);
  }
}

/** Rows of so many little-endian 32-bit numbers; a last one that is cut short is left out. */
export async function* rowsOf(
  pieces: AsyncIterable<Uint8Array>,
  numbersPerRow: number,
): AsyncGenerator<Float32Array, void> {
  const row = new Uint8Array(numbersPerRow * BYTES_PER_NUMBER);
  let filled = 0;
  for await (const piece of pieces) {
    let start = 0;
    while (start < piece.byteLength) {
      const part = piece.subarray(start, start + row.byteLength - filled);
      row.set(part, filled);
      filled += part.byteLength;
      start += part.byteLength;
      if (filled === row.byteLength) {
        yield numbersOf(row);
        filled = 0;
      }
    }
  }
}

/** Numbers as little-endian 32-bit ones, whatever the machine. */
export function bytesOf(numbers: Float32Array): Uint8Array {
  const bytes = new Uint8Array(numbers.length * BYTES_PER_NUMBER);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, at) => view.setFloat32(at * BYTES_PER_NUMBER, number, true));
  return bytes;
}

function numbersOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / BYTES_PER_NUMBER }, (_, at) =>
    view.getFloat32(at * BYTES_PER_NUMBER, true),
  );
}

function joined(parts: readonly Uint8Array[], byteLength: number): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(byteLength);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.byteLength;
  }
  return all;
}
