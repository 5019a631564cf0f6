import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { BLUE, film, halves, plain, ramp, RED } from './picture-files.js';

const pictures = new SharpPictures();
const colourful = () => halves(40, 30, RED, BLUE);
const gray = () =>
  sharp(ramp(40, 30), { raw: { width: 40, height: 30, channels: 1 } }).toColourspace('b-w');

describe('a picture is known by its content', () => {
  it.each([
    ['a JPEG file', () => colourful().jpeg(), 'JPEG', 3, false],
    ['a progressive JPEG file', () => colourful().jpeg({ progressive: true }), 'JPEG', 3, false],
    ['a gray JPEG file', () => gray().jpeg(), 'JPEG', 1, false],
    ['a CMYK JPEG file', () => colourful().toColourspace('cmyk').jpeg(), 'JPEG', 3, false],
    ['a PNG file', () => colourful().png(), 'PNG', 3, false],
    ['a PNG file with transparency', () => colourful().ensureAlpha(0.5).png(), 'PNG', 3, true],
    ['a PNG file with a palette', () => colourful().png({ palette: true }), 'PNG', 3, false],
    ['a PNG file of 16 bits', () => colourful().toColourspace('rgb16').png(), 'PNG', 3, false],
    ['a gray PNG file', () => gray().png(), 'PNG', 1, false],
    ['a gray PNG file with transparency', () => gray().ensureAlpha(0.5).png(), 'PNG', 1, true],
    ['a gray PNG file of 16 bits', () => gray().toColourspace('grey16').png(), 'PNG', 1, false],
    ['a WebP file', () => colourful().webp(), 'WEBP', 3, false],
    ['a WebP file with transparency', () => colourful().ensureAlpha(0.5).webp(), 'WEBP', 3, true],
    ['an AVIF file', () => colourful().avif(), 'AVIF', 3, false],
    ['an AVIF file with transparency', () => colourful().ensureAlpha(0.5).avif(), 'AVIF', 3, true],
    ['a GIF file', () => colourful().gif(), 'GIF', 3, true],
    ['a GIF film', () => film(40, 30, [0, 128, 255]).gif(), 'GIF', 3, true],
    ['a WebP film', () => film(40, 30, [0, 128, 255]).webp(), 'WEBP', 3, false],
    ['a TIFF file', () => colourful().tiff(), 'TIFF', 3, false],
    ['a gray TIFF file', () => gray().tiff({ compression: 'lzw' }), 'TIFF', 1, false],
    ['a TIFF file of one bit', () => gray().tiff({ bitdepth: 1 }), 'TIFF', 1, false],
    ['a large TIFF file', () => colourful().tiff({ bigtiff: true }), 'TIFF', 3, false],
  ])('%s', async (_, encode, format, channels, hasAlpha) => {
    const bytes = await encode().toBuffer();
    expect(await pictures.identify(bytes)).toEqual({
      format,
      width: 40,
      height: 30,
      channels,
      hasAlpha,
    });
  });
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'the sides are those of the picture as shown, for orientation %i',
  async (orientation) => {
    for (const format of ['jpeg', 'tiff'] as const) {
      const file = colourful().withMetadata({ orientation }).toFormat(format);
      const facts = await pictures.identify(await file.toBuffer());
      const [width, height] = orientation < 5 ? [40, 30] : [30, 40];
      expect(facts).toMatchObject({ width, height });
    }
  },
);

it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)(
  'a %s file of one pixel is a picture',
  async (format) => {
    const bytes = await plain(1, 1, RED).toFormat(format).toBuffer();
    const { facts } = await pictures.inspect(bytes);
    expect(facts).toMatchObject({ width: 1, height: 1, format: format.toUpperCase() });
  },
);

it('a file that somebody else made is a picture', async () => {
  const bytes = await readFile('node_modules/playwright-core/lib/server/chromium/appIcon.png');
  const { facts, thumbnail } = await pictures.inspect(bytes);
  expect(facts).toMatchObject({ format: 'PNG', channels: 3, hasAlpha: true });
  const { width, height } = await sharp(thumbnail ?? bytes).metadata();
  expect(Math.max(width, height)).toBeLessThanOrEqual(256);
});
