import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { plainPngPixels } from '../../../server/adapters/pictures/sharp/plain-png.js';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { inputOf } from '../ml/pictures.js';
import { decodedByLibvips, expectAsByLibvips } from './decoded-by-libvips.js';
import { noise } from './picture-files.js';

const pictures = new SharpPictures();
const WIDTH = 40;
const HEIGHT = 30;
/** No two lines are alike, so that filters of every kind are worth their while. */
const PIXELS = Uint8Array.from(
  { length: WIDTH * HEIGHT },
  (_, at) => (at % WIDTH) * 5 + Math.floor(at / WIDTH) ** 2,
);
const gray = () =>
  sharp(PIXELS, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } }).toColourspace('b-w');
const colourful = () => noise(WIDTH, HEIGHT).blur(2);

describe('a plain PNG file of the input size is what libvips gives', () => {
  it.each([
    ['gray', 1, () => gray().png()],
    ['gray, with filters', 1, () => gray().png({ adaptiveFiltering: true })],
    ['in colours', 3, () => colourful().png()],
    ['in colours, with filters', 3, () => colourful().png({ adaptiveFiltering: true })],
    ['not packed', 3, () => colourful().png({ compressionLevel: 0 })],
  ])('%s', async (_, channels, encoder) => {
    const input = inputOf(HEIGHT, WIDTH, channels);
    const file = await encoder().toBuffer();
    await expectAsByLibvips(plainPngPixels(file, input), file, input);
  });
});

describe('libvips is left', () => {
  it.each([
    ['a palette', () => colourful().png({ palette: true })],
    ['16 bits', () => colourful().toColourspace('rgb16').png()],
    ['transparency', () => colourful().ensureAlpha(0.5).png()],
    ['interlaced lines', () => colourful().png({ progressive: true })],
    ['a colour profile', () => colourful().withIccProfile('p3').png()],
    ['an orientation', () => colourful().withMetadata({ orientation: 6 }).png()],
    ['gray where colours are wanted', () => gray().png()],
    ['another size', () => colourful().resize(20, 15).png()],
    ['another format', () => colourful().jpeg()],
  ])('%s', async (_, encoder) => {
    const input = inputOf(HEIGHT, WIDTH, 3);
    const file = await encoder().toBuffer();
    expect(plainPngPixels(file, input)).toBeNull();
    const expected = await decodedByLibvips(file, input);
    expect(Buffer.compare(await pictures.fileToInput(file, input, null), expected)).toBe(0);
  });

  it('what a model is fed otherwise than it is, or a part of', async () => {
    const contrast = { ...inputOf(HEIGHT, WIDTH, 1), scaling: 'CONTRAST' } as const;
    const file = await gray().gamma(3).png().toBuffer();
    const expected = await decodedByLibvips(file, contrast);
    expect(Buffer.compare(await pictures.fileToInput(file, contrast, null), expected)).toBe(0);
    const crop = { left: 0, top: 0, width: 0.5, height: 0.5 };
    const input = inputOf(HEIGHT, WIDTH, 1);
    const whole = await pictures.fileToInput(file, input, null);
    expect(Buffer.compare(await pictures.fileToInput(file, input, crop), whole)).not.toBe(0);
  });

  it('every file that is damaged or cut short, to refuse it', async () => {
    const input = inputOf(HEIGHT, WIDTH, 3);
    const file = await colourful().png().toBuffer();
    for (let length = 0; length < file.length; length += 97) {
      expect(plainPngPixels(file.subarray(0, length), input)).toBeNull();
    }
    for (let at = 0; at < file.length; at += 89) {
      const damaged = Buffer.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(plainPngPixels(damaged, input)).toBeNull();
    }
    const refused = pictures.fileToInput(file.subarray(0, file.length / 2), input, null);
    await expect(refused).rejects.toMatchObject({ code: 'UPLOAD_NOT_AN_IMAGE' });
  });
});
