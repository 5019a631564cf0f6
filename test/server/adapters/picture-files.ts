import sharp from 'sharp';
import type { InputSpec } from '../../../server/domain/model.js';

export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

export const RED: Colour = { r: 255, g: 0, b: 0 };
export const BLUE: Colour = { r: 0, g: 0, b: 255 };

/** A picture of one colour, not encoded yet. */
export function plain(width: number, height: number, background: Colour) {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** A picture whose left half is of one colour and whose right half of another. */
export function halves(width: number, height: number, left: Colour, right: Colour) {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const { r, g, b } = Math.floor(at / 3) % width < width / 2 ? left : right;
    return [r, g, b][at % 3] ?? 0;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A gray picture that gets lighter from left to right, [height, width]. */
export function ramp(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) =>
    Math.round(((at % width) * 255) / (width - 1)),
  );
}

/** Fed to a model in gray, and in colour: 8 wide and 6 high, cut to fill. */
export const GRAY: InputSpec = {
  width: 8,
  height: 6,
  channels: 1,
  fit: 'COVER',
  background: '#000000',
  scaling: 'UNIT',
};
export const COLOUR: InputSpec = { ...GRAY, channels: 3 };

/** Pixels that hardly compress, so that every part of a file matters. */
export function noise(width: number, height: number) {
  const pixels = Uint8Array.from(
    { length: width * height * 3 },
    (_, at) => (at * at * 31 + at * 7) % 251,
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A film of frames, each of one gray, below one another until it is encoded. */
export function film(width: number, height: number, grays: readonly number[]) {
  const pixels = Uint8Array.from(
    { length: width * height * 3 * grays.length },
    (_, at) => grays[Math.floor(at / (width * height * 3))] ?? 0,
  );
  const raw = { width, height: height * grays.length, channels: 3, pageHeight: height } as const;
  return sharp(pixels, { raw });
}

/** A PNG file that begins as it should, says it is so large, and holds nothing. */
export function emptyPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(0)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
