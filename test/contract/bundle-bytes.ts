import { createHash } from 'node:crypto';
import type { Bundles, BundleWriter } from '../../server/ports/bundles.js';

/** The bytes of a bundle that a test fills. */
export async function bundleBytes(
  bundles: Bundles,
  fill: (writer: BundleWriter) => Promise<void>,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = bundles.writeTo(async (bytes) => {
    pieces.push(bytes);
  });
  await fill(writer);
  await writer.finish();
  return Buffer.concat(pieces);
}

/** Bytes as they come over a network: in pieces of any size. */
export async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(Uint8Array.from(piece));
  return Buffer.concat(all);
}

export function fingerprint(bytes: Uint8Array): { size: number; sha256: string } {
  return { size: bytes.byteLength, sha256: sha256(bytes) };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
