import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../server/domain/random.js';

/** A PNG of a colour of its own, and a gradient. */
export function colouredPicture(number: number, side = 40): Promise<Buffer> {
  const pixels = Uint8Array.from({ length: side * side * 3 }, (_, at) => {
    const [channel, pixel] = [at % 3, Math.floor(at / 3)];
    return (number * (41 + 30 * channel) + (pixel % side) * (channel + 1)) % 256;
  });
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

/** A PNG that cannot be packed: a file of its own in the store, with a thumbnail. */
export function noisyPicture(seed: number, side = 400): Promise<Buffer> {
  const random = seededRandom(seed);
  const pixels = Uint8Array.from({ length: side * side * 3 }, () => 256 * random());
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

/** Writes files into a folder, which is made with all that is in it. */
export async function writeFolder(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<string> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
}

/** So many pictures, alternately of cats and dogs. */
export async function catsAndDogs(count: number): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (let at = 0; at < count; at += 1) {
    files[`${at % 2 === 0 ? 'cats' : 'dogs'}/${at}.png`] = await colouredPicture(at);
  }
  return files;
}
