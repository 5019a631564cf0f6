import type { Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import type { InputSpec } from '../../../server/domain/model.js';
import { BLUE, COLOUR, GRAY, halves, plain, RED } from './picture-files.js';

const pictures = new SharpPictures();
const SQUARE: InputSpec = { ...COLOUR, width: 8, height: 8, background: '#00ff00' };
const BARS: InputSpec = { ...SQUARE, fit: 'CONTAIN' };
const GREEN = [0, 255, 0];

/** The input as rows of pixels. */
async function rowsOf(encoded: Sharp, input: InputSpec): Promise<number[][][]> {
  const bytes = await encoded.toBuffer();
  const picture = { ...(await pictures.identify(bytes)), bytes };
  const data = [...(await pictures.toInput(picture, input, null))];
  const { width, height, channels } = input;
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const start = (row * width + column) * channels;
      return data.slice(start, start + channels);
    }),
  );
}

describe('CONTAIN', () => {
  it('shows a wide picture whole, with bars of the background above and below', async () => {
    const rows = await rowsOf(plain(80, 40, RED).png(), BARS);
    const isBar = rows.map((row) => row.every((pixel) => String(pixel) === String(GREEN)));
    expect(isBar).toEqual([true, true, false, false, false, false, true, true]);
    expect(rows[4]?.every((pixel) => String(pixel) === '255,0,0')).toBe(true);
  });

  it('shows a high picture whole, with bars on both sides', async () => {
    const rows = await rowsOf(plain(10, 40, RED).png(), BARS);
    for (const row of rows) {
      expect(row.map(String)).toEqual([
        ...new Array<string>(3).fill('0,255,0'),
        '255,0,0',
        '255,0,0',
        ...new Array<string>(3).fill('0,255,0'),
      ]);
    }
  });

  it('fits a photograph as it is held', async () => {
    const onItsSide = plain(80, 40, RED).withMetadata({ orientation: 6 }).jpeg();
    const [first] = await rowsOf(onItsSide, BARS);
    expect(first?.[0]).toEqual(GREEN);
    expect(first?.[4]?.[0]).toBeGreaterThan(200);
  });

  it('has bars as bright as the background where the input is gray', async () => {
    const rows = await rowsOf(plain(80, 40, RED).png(), { ...BARS, channels: 1 });
    const [green] = await rowsOf(plain(9, 9, { r: 0, g: 255, b: 0 }).png(), GRAY);
    expect(rows[0]?.[0]).toEqual(green?.[0]);
    expect(rows[0]?.[0]?.[0]).toBeGreaterThan(200);
  });
});

describe('COVER', () => {
  it('fills the input with the middle of the picture', async () => {
    const rows = await rowsOf(halves(80, 20, RED, BLUE).png(), SQUARE);
    for (const row of rows) {
      expect(row[0]?.[0]).toBeGreaterThan(230);
      expect(row[7]?.[2]).toBeGreaterThan(230);
    }
  });

  it('enlarges a small picture', async () => {
    const rows = await rowsOf(plain(2, 1, RED).png(), SQUARE);
    expect(rows.flat().map(String)).toEqual(new Array<string>(64).fill('255,0,0'));
  });
});

describe('behind transparent parts is the background', () => {
  it.each([
    ['a colour PNG', () => plain(20, 20, RED).ensureAlpha(0).png()],
    ['a WebP', () => plain(20, 20, RED).ensureAlpha(0).webp()],
    ['a gray PNG', () => plain(20, 20, RED).toColourspace('b-w').ensureAlpha(0).png()],
  ])('of %s', async (_, encode) => {
    for (const fit of ['COVER', 'CONTAIN'] as const) {
      const rows = await rowsOf(encode(), { ...SQUARE, fit });
      expect(rows.flat().map(String)).toEqual(new Array<string>(64).fill('0,255,0'));
    }
    const black = await rowsOf(encode(), GRAY);
    expect(black.flat(2)).toEqual(new Array(48).fill(0));
  });

  it('and shines through half transparent ones', async () => {
    const rows = await rowsOf(plain(20, 20, RED).ensureAlpha(0.5).png(), SQUARE);
    for (const value of rows[0]?.[0]?.slice(0, 2) ?? [0]) {
      expect(Math.abs(value - 128)).toBeLessThan(3);
    }
  });
});

describe('CONTRAST', () => {
  const stretched: InputSpec = { ...BARS, scaling: 'CONTRAST', background: '#000000' };
  const dull = () => halves(80, 40, { r: 100, g: 100, b: 100 }, { r: 140, g: 140, b: 140 });

  it('stretches each picture from black to white, whatever its bars', async () => {
    for (const background of ['#000000', '#ffffff', '#808080']) {
      const rows = await rowsOf(dull().png(), { ...stretched, background });
      expect(rows[4]?.map(([value]) => value)).toEqual(expect.arrayContaining([0, 255]));
      const bar = parseInt(background.slice(1, 3), 16);
      expect(rows[0]?.[0]).toEqual([bar, bar, bar]);
    }
    const plainly = await rowsOf(dull().png(), { ...stretched, scaling: 'UNIT' });
    expect(plainly[4]?.[0]).toEqual([100, 100, 100]);
  });

  it('keeps hues', async () => {
    const colours = halves(80, 40, { r: 120, g: 100, b: 80 }, { r: 160, g: 140, b: 120 });
    const rows = await rowsOf(colours.png(), stretched);
    const [red = 0, green = 0, blue = 0] = rows[4]?.[6] ?? [];
    expect([red >= green, green > blue]).toEqual([true, true]);
  });

  it('leaves a plain picture as it is', async () => {
    const rows = await rowsOf(plain(40, 40, { r: 90, g: 90, b: 90 }).png(), stretched);
    expect(rows[4]?.[4]).toEqual([90, 90, 90]);
  });

  it('stretches raw pixels of the right size too', async () => {
    const raw = { format: 'RAW', width: 8, height: 6, channels: 1 } as const;
    const bytes = Uint8Array.from({ length: 48 }, (_, at) => 100 + at);
    const input = await pictures.toInput({ ...raw, bytes }, { ...GRAY, scaling: 'CONTRAST' }, null);
    expect([Math.min(...input), Math.max(...input)]).toEqual([0, 255]);
  });
});
