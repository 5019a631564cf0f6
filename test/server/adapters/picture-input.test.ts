import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import type { EncodedPicture } from '../../../server/domain/image.js';
import type { InputSpec } from '../../../server/domain/model.js';
import { BLUE, COLOUR, film, GRAY, halves, plain, ramp, RED } from './picture-files.js';

const pictures = new SharpPictures();
const CONTRAST: InputSpec = { ...COLOUR, fit: 'CONTAIN', scaling: 'CONTRAST' };

async function inputOf(encoded: Sharp, input: InputSpec): Promise<number[]> {
  const bytes = await encoded.toBuffer();
  const picture = { ...(await pictures.identify(bytes)), bytes };
  return [...(await pictures.toInput(picture, input, null))];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of one channel over the left or the right half. */
function half(data: readonly number[], side: 'left' | 'right', channel: number): number {
  const { width, channels } = COLOUR;
  const inside = data.filter((_, at) => {
    const column = Math.floor(at / channels) % width;
    return at % channels === channel && column < width / 2 === (side === 'left');
  });
  return mean(inside);
}

describe('every kind of file becomes exactly what a model is fed', () => {
  const redAndBlue = () => halves(80, 60, RED, BLUE);
  const gray = () => sharp(ramp(80, 60), { raw: { width: 80, height: 60, channels: 1 } });
  it.each([
    ['JPEG', () => redAndBlue().jpeg({ quality: 95 })],
    ['CMYK JPEG', () => redAndBlue().toColourspace('cmyk').jpeg()],
    ['PNG', () => redAndBlue().png()],
    ['PNG of 16 bits', () => redAndBlue().toColourspace('rgb16').png()],
    ['PNG with a palette', () => redAndBlue().png({ palette: true })],
    ['PNG with transparency', () => redAndBlue().ensureAlpha(0.5).png()],
    ['gray PNG', () => gray().toColourspace('b-w').png()],
    ['gray PNG of 16 bits', () => gray().toColourspace('grey16').png()],
    ['gray PNG with transparency', () => gray().toColourspace('b-w').ensureAlpha(0.5).png()],
    ['gray JPEG', () => gray().toColourspace('b-w').jpeg()],
    ['WebP', () => redAndBlue().webp({ lossless: true })],
    ['WebP with transparency', () => redAndBlue().ensureAlpha(0.5).webp()],
    ['AVIF', () => redAndBlue().avif()],
    ['AVIF with transparency', () => redAndBlue().ensureAlpha(0.5).avif()],
    ['GIF', () => redAndBlue().gif()],
    ['TIFF', () => redAndBlue().tiff()],
    ['CMYK TIFF', () => redAndBlue().toColourspace('cmyk').tiff()],
    ['gray TIFF of one bit', () => gray().toColourspace('b-w').tiff({ bitdepth: 1 })],
    ['one pixel', () => plain(1, 1, RED).png()],
    ['a line of pixels', () => plain(9000, 1, RED).png()],
  ])('%s', async (_, encode) => {
    for (const input of [GRAY, COLOUR, { ...COLOUR, width: 97, height: 5 }, CONTRAST]) {
      const data = await inputOf(encode(), input);
      expect(data).toHaveLength(input.width * input.height * input.channels);
      expect(Math.max(...data)).toBeGreaterThan(30);
    }
  });
});

describe('colours', () => {
  it.each([
    ['PNG', () => halves(80, 60, RED, BLUE).png()],
    ['PNG of 16 bits', () => halves(80, 60, RED, BLUE).toColourspace('rgb16').png()],
    ['PNG with a palette', () => halves(80, 60, RED, BLUE).png({ palette: true })],
    ['lossless WebP', () => halves(80, 60, RED, BLUE).webp({ lossless: true })],
  ])('of a %s stay where they are', async (_, encode) => {
    const data = await inputOf(encode(), COLOUR);
    expect(half(data, 'left', 0)).toBeGreaterThan(230);
    expect(half(data, 'left', 2)).toBeLessThan(25);
    expect(half(data, 'right', 2)).toBeGreaterThan(230);
    expect(half(data, 'right', 0)).toBeLessThan(25);
  });

  it('become gray by how bright they look', async () => {
    const brightness = async (colour: typeof RED) =>
      mean(await inputOf(plain(20, 20, colour).png(), GRAY));
    const green = await brightness({ r: 0, g: 255, b: 0 });
    const [red, blue] = [await brightness(RED), await brightness(BLUE)];
    expect(green).toBeGreaterThan(red);
    expect(red).toBeGreaterThan(blue);
    expect(await brightness({ r: 255, g: 255, b: 255 })).toBe(255);
    const middle = await brightness({ r: 128, g: 128, b: 128 });
    expect(Math.abs(middle - 128)).toBeLessThanOrEqual(1);
  });

  it('of a gray picture are three equal channels', async () => {
    const gray = sharp(ramp(8, 6), { raw: { width: 8, height: 6, channels: 1 } });
    const data = await inputOf(gray.toColourspace('b-w').png(), COLOUR);
    expect(data).toEqual([...ramp(8, 6)].flatMap((value) => [value, value, value]));
  });
});

it.each(['gif', 'webp'] as const)('of a %s film, the first frame is fed', async (format) => {
  const data = await inputOf(film(60, 50, [20, 120, 250]).toFormat(format), GRAY);
  expect(Math.abs(mean(data) - 20)).toBeLessThan(3);
});

it('a photograph is turned as its camera was held', async () => {
  // Orientation 3 is upside down: what is stored on the left belongs on the right.
  const turned = halves(80, 60, RED, BLUE).withMetadata({ orientation: 3 }).jpeg({ quality: 95 });
  const data = await inputOf(turned, COLOUR);
  expect(half(data, 'left', 2)).toBeGreaterThan(200);
  expect(half(data, 'right', 0)).toBeGreaterThan(200);
  const onItsSide = halves(80, 60, RED, BLUE).withMetadata({ orientation: 6 }).jpeg();
  expect(await inputOf(onItsSide, COLOUR)).toHaveLength(8 * 6 * 3);
});

describe('raw pixels', () => {
  const raw = (bytes: Uint8Array, changes: Partial<EncodedPicture> = {}): EncodedPicture => ({
    bytes,
    format: 'RAW',
    width: 8,
    height: 6,
    channels: 1,
    ...changes,
  });

  it('that fit are fed as they are', async () => {
    expect(await pictures.toInput(raw(ramp(8, 6)), GRAY, null)).toEqual(ramp(8, 6));
    const colours = Uint8Array.from({ length: 8 * 6 * 3 }, (_, at) => (at * 5) % 256);
    expect(await pictures.toInput(raw(colours, { channels: 3 }), COLOUR, null)).toEqual(colours);
  });

  it('of another size are resized', async () => {
    const large = raw(ramp(80, 60), { width: 80, height: 60 });
    const data = [...(await pictures.toInput(large, GRAY, null))];
    expect(data).toHaveLength(48);
    expect(data.slice(0, 8)).toEqual([...data.slice(0, 8)].sort((a, b) => a - b));
    expect(Math.abs(mean(data) - 127.5)).toBeLessThan(2);
    expect(data.slice(40)).toEqual(data.slice(0, 8));
  });

  it('in colour become gray, gray ones become colour', async () => {
    const red = Uint8Array.from({ length: 8 * 6 * 3 }, (_, at) => (at % 3 === 0 ? 255 : 0));
    expect(await pictures.toInput(raw(red, { channels: 3 }), GRAY, null)).toHaveLength(48);
    const colours = [...(await pictures.toInput(raw(ramp(8, 6)), COLOUR, null))];
    expect(colours).toEqual([...ramp(8, 6)].flatMap((value) => [value, value, value]));
  });

  it('that are too few or too many are refused', async () => {
    for (const length of [0, 47, 49]) {
      await expect(pictures.toInput(raw(new Uint8Array(length)), GRAY, null)).rejects.toMatchObject(
        {
          code: 'UPLOAD_NOT_AN_IMAGE',
        },
      );
    }
  });
});
