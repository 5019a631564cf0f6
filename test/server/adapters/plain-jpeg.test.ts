import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { plainJpegPixels } from '../../../server/adapters/pictures/sharp/plain-jpeg.js';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { seededRandom } from '../../../server/domain/random.js';
import { inputOf } from '../ml/pictures.js';
import { decodedByLibvips, expectAsByLibvips } from './decoded-by-libvips.js';
import { noise } from './picture-files.js';

const pictures = new SharpPictures();
/** No multiple of a block, nor of two. */
const WIDTH = 43;
const HEIGHT = 30;
const size = { width: WIDTH, height: HEIGHT };
/** All 256 values, soft and hard edges, and noise. */
const random = seededRandom(3);
const PIXELS = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
  const column = at % WIDTH;
  if (column < 16) return (at * 5) & 255;
  if (column < 30) return column * 8;
  return Math.floor(random() * 256);
});
const gray = () => sharp(PIXELS, { raw: { ...size, channels: 1 } }).toColourspace('b-w');
const grayInColours = () => gray().toColourspace('srgb');
const colourful = () => noise(WIDTH, HEIGHT).blur(2);

describe('a plain gray JPEG file of the input size is what libvips gives', () => {
  const encoders: [string, () => Sharp][] = [
    ['one channel', () => gray().jpeg()],
    ['three channels, colours of half the size', () => grayInColours().jpeg()],
    ['three channels of one size', () => grayInColours().jpeg({ chromaSubsampling: '4:4:4' })],
    ['the best quality', () => grayInColours().jpeg({ quality: 100 })],
    ['the worst quality', () => grayInColours().jpeg({ quality: 1 })],
    ['the usual codes', () => grayInColours().jpeg({ optimiseCoding: false })],
    ['a size of whole blocks', () => grayInColours().resize(32, 16).jpeg()],
  ];
  it.each(encoders)('%s', async (_, encoder) => {
    const file = await encoder().toBuffer();
    const { width, height } = await sharp(file).metadata();
    for (const channels of [1, 3]) {
      const input = inputOf(height, width, channels);
      await expectAsByLibvips(plainJpegPixels(file, input), file, input);
    }
  });
});

describe('libvips is left', () => {
  it.each([
    ['colours', () => colourful().jpeg()],
    ['lines in several passes', () => gray().jpeg({ progressive: true })],
    ['a colour profile', () => grayInColours().withIccProfile('p3').jpeg()],
    ['an orientation', () => grayInColours().withMetadata({ orientation: 6 }).jpeg()],
    ['four channels', () => colourful().toColourspace('cmyk').jpeg()],
    ['another size', () => gray().resize(20, 15).jpeg()],
    ['another format', () => gray().png()],
  ])('%s', async (_, encoder) => {
    const input = inputOf(HEIGHT, WIDTH, 1);
    const file = await encoder().toBuffer();
    expect(plainJpegPixels(file, input)).toBeNull();
    const expected = await decodedByLibvips(file, input);
    const shown = (await pictures.fileToInput(file, input, null)).byteLength;
    expect(shown).toBe(expected.byteLength);
  });

  it('every file that is cut short, or goes on behind its end', async () => {
    const input = inputOf(HEIGHT, WIDTH, 1);
    const file = await grayInColours().jpeg().toBuffer();
    for (let length = 0; length < file.length; length += 1) {
      expect(plainJpegPixels(file.subarray(0, length), input)).toBeNull();
    }
    expect(plainJpegPixels(Buffer.concat([file, file]), input)).toBeNull();
    const end = file.subarray(-2);
    for (let length = 30; length < file.length - 2; length += 1) {
      const ended = Buffer.concat([file.subarray(0, length), end]);
      expect(plainJpegPixels(ended, input)).toBeNull();
    }
  });

  it('what it is not sure of: whatever byte is damaged, it says the same as libvips or nothing', async () => {
    const input = inputOf(HEIGHT, WIDTH, 1);
    const file = await grayInColours().jpeg({ quality: 50 }).toBuffer();
    let same = 0;
    for (let at = 0; at < file.length; at += 1) {
      const damaged = Buffer.from(file);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      const pixels = plainJpegPixels(damaged, input);
      if (!pixels) continue;
      same += 1;
      expect(Buffer.compare(pixels, await decodedByLibvips(damaged, input)), `byte ${at}`).toBe(0);
    }
    expect(same).toBeGreaterThan(0);
  });
});
