import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { mutatedBytes } from './mutations.js';

const SIGNATURE_BYTES = 8;
/** Of a chunk, beside its content: its length, its type, and its checksum. */
const FRAME_BYTES = 12;

/**
 * A PNG file of which something is harmed within: a chunk, the packed lines, or the lines themselves; the
 * checksums are right again, for they would give all of it away.
 */
export function mutatedPng(file: Buffer, other: Buffer, random: () => number): Buffer {
  if (random() < 0.3) return mutatedBytes(file, other, random);
  const chunks = chunksOf(file);
  const victim = Math.floor(random() * chunks.length);
  const harmed = chunks.map(({ type, content }, at) => {
    if (type === 'IDAT' && random() < 0.7) {
      return chunk(type, deflateSync(mutatedBytes(inflateSync(content), other, random)));
    }
    return chunk(type, at === victim ? mutatedBytes(content, other, random) : content);
  });
  return Buffer.concat([file.subarray(0, SIGNATURE_BYTES), ...harmed]);
}

function chunksOf(file: Buffer): { type: string; content: Buffer }[] {
  const chunks: { type: string; content: Buffer }[] = [];
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.push({ type, content: file.subarray(at + 8, at + 8 + length) });
    at += FRAME_BYTES + length;
  }
  return chunks;
}

function chunk(type: string, content: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.byteLength);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}
