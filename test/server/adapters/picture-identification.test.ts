import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { halves, plain, RED, BLUE, ramp } from './picture-files.js';

const pictures = new SharpPictures();
const colourful = () => halves(40, 30, RED, BLUE);
const gray = () => sharp(ramp(40, 30), { raw: { width: 40, height: 30, channels: 1 } });

describe('a picture is known by its content', () => {
  it.each([
    ['a JPEG file', () => colourful().jpeg(), 'JPEG', 3],
    ['a progressive JPEG file', () => colourful().jpeg({ progressive: true }), 'JPEG', 3],
    ['a gray JPEG file', () => gray().toColourspace('b-w').jpeg(), 'JPEG', 1],
    ['a CMYK JPEG file', () => colourful().toColourspace('cmyk').jpeg(), 'JPEG', 3],
    ['a PNG file', () => colourful().png(), 'PNG', 3],
    ['a PNG file with transparency', () => colourful().ensureAlpha(0.5).png(), 'PNG', 3],
    ['a PNG file with a palette', () => colourful().png({ palette: true }), 'PNG', 3],
    ['a PNG file of 16 bits', () => colourful().toColourspace('rgb16').png(), 'PNG', 3],
    ['a gray PNG file', () => gray().toColourspace('b-w').png(), 'PNG', 1],
    ['a WebP file', () => colourful().webp(), 'WEBP', 3],
    ['a WebP file without loss', () => colourful().webp({ lossless: true }), 'WEBP', 3],
  ])('%s', async (_, encode, format, channels) => {
    const bytes = await encode().toBuffer();
    expect(await pictures.identify(bytes)).toEqual({
      bytes,
      format,
      width: 40,
      height: 30,
      channels,
    });
  });
});

describe('a file that is no JPEG, PNG or WebP picture is refused', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>';
  it.each([
    ['GIF', () => colourful().gif().toBuffer()],
    ['TIFF', () => colourful().tiff().toBuffer()],
    ['AVIF', () => plain(16, 16, RED).avif().toBuffer()],
    ['SVG', () => Promise.resolve(Buffer.from(svg))],
    ['text', () => Promise.resolve(Buffer.from('not a picture'))],
    ['nothing', () => Promise.resolve(Buffer.alloc(0))],
    ['zeros', () => Promise.resolve(Buffer.alloc(5000))],
    [
      'the first bytes of a JPEG',
      async () => (await colourful().jpeg().toBuffer()).subarray(0, 20),
    ],
    ['the first bytes of a PNG', async () => (await colourful().png().toBuffer()).subarray(0, 16)],
  ])('%s', async (_, make) => {
    await expect(pictures.identify(await make())).rejects.toMatchObject({
      code: 'UPLOAD_NOT_AN_IMAGE',
    });
  });
});

it('a picture of more than 100 million pixels is refused before it is decoded', async () => {
  const bytes = await plain(10_001, 10_000, RED).png({ compressionLevel: 1 }).toBuffer();
  await expect(pictures.identify(bytes)).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
});
