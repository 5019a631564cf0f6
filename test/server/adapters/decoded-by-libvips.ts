import { expect } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import type { InputSpec } from '../../../server/domain/model.js';

const pictures = new SharpPictures();

/** What libvips makes of the file. */
export async function decodedByLibvips(bytes: Buffer, input: InputSpec): Promise<Uint8Array> {
  return pictures.toInput({ ...(await pictures.identify(bytes)), bytes }, input, null);
}

/** Decoded without libvips, to the bit as with it; and so is what a query's file becomes. */
export async function expectAsByLibvips(
  pixels: Uint8Array | null,
  file: Buffer,
  input: InputSpec,
): Promise<void> {
  expect(pixels).not.toBeNull();
  const expected = await decodedByLibvips(file, input);
  expect(Buffer.compare(pixels ?? Buffer.alloc(0), expected)).toBe(0);
  expect(Buffer.compare(await pictures.fileToInput(file, input, null), expected)).toBe(0);
}
