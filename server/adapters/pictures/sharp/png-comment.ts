import { crc32 } from 'node:zlib';

/** The chunk that ends every PNG file: length, type and checksum, no content. */
const END_BYTES = 12;

/** A PNG file with a text beside its pixels (PNG specification, 11.3.3.2). @param comment in Latin-1 */
export function withComment(png: Uint8Array, comment: string): Uint8Array {
  const content = Buffer.from(`tEXtComment\0${comment}`, 'latin1');
  const chunk = Buffer.alloc(8 + content.byteLength);
  // The type is no part of the length.
  chunk.writeUInt32BE(content.byteLength - 4);
  chunk.set(content, 4);
  chunk.writeUInt32BE(crc32(content), 4 + content.byteLength);
  const end = png.byteLength - END_BYTES;
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]);
}
