import { describe, expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import type { Crop } from '../../../server/domain/image.js';
import { BLUE, COLOUR, GRAY, halves, ramp, RED } from './picture-files.js';

const pictures = new SharpPictures();
const ALL: Crop = { left: 0, top: 0, width: 1, height: 1 };

async function inputOf(bytes: Buffer, crop: Crop | null): Promise<number[]> {
  const picture = { ...(await pictures.identify(bytes)), bytes };
  return [...(await pictures.toInput(picture, COLOUR, crop))];
}

const red = new Array(8 * 6).fill([255, 0, 0]).flat();
const blue = new Array(8 * 6).fill([0, 0, 255]).flat();

describe('a crop', () => {
  it('is the part that its shares say', async () => {
    const bytes = await halves(80, 60, RED, BLUE).png().toBuffer();
    expect(await inputOf(bytes, { ...ALL, width: 0.5 })).toEqual(red);
    expect(await inputOf(bytes, { ...ALL, left: 0.5, width: 0.5 })).toEqual(blue);
    expect(await inputOf(bytes, { left: 0.6, top: 0.9, width: 0.1, height: 0.1 })).toEqual(blue);
  });

  it('is a part of the picture as shown, not as stored', async () => {
    // Orientation 6 turns by a quarter clockwise: what is stored on the left is shown above.
    const turned = halves(80, 60, RED, BLUE).withMetadata({ orientation: 6 }).png();
    const bytes = await turned.toBuffer();
    expect(await inputOf(bytes, { ...ALL, height: 0.5 })).toEqual(red);
    expect(await inputOf(bytes, { ...ALL, top: 0.5, height: 0.5 })).toEqual(blue);
  });

  it('of all of the picture changes nothing, a hair outside of it neither', async () => {
    const bytes = await halves(1000, 700, RED, BLUE).jpeg().toBuffer();
    const whole = await inputOf(bytes, null);
    expect(await inputOf(bytes, ALL)).toEqual(whole);
    const hair = { left: -1e-9, top: 0, width: 1 + 2e-9, height: 1 };
    expect(await inputOf(bytes, hair)).toEqual(whole);
  });

  it('of raw pixels is a part of them, of the right size or not', async () => {
    const raw = { format: 'RAW', width: 8, height: 6, channels: 1, bytes: ramp(8, 6) } as const;
    const left = await pictures.toInput(raw, GRAY, { ...ALL, width: 0.125 });
    expect([...left]).toEqual(new Array(48).fill(0));
    const right = await pictures.toInput(raw, GRAY, { ...ALL, left: 0.875, width: 0.125 });
    expect([...right]).toEqual(new Array(48).fill(255));
  });

  it('may be as small as a pixel', async () => {
    const bytes = await halves(80, 60, RED, BLUE).png().toBuffer();
    const pixel = { left: 79 / 80, top: 0, width: 1 / 80, height: 1 / 60 };
    expect(await inputOf(bytes, pixel)).toEqual(blue);
  });
});

describe('what is no part of the picture is refused', () => {
  it.each([
    ['no width', { ...ALL, width: 0 }],
    ['no height', { ...ALL, height: 0 }],
    ['a width below 0', { left: 0.5, top: 0, width: -0.5, height: 1 }],
    ['a left below 0', { ...ALL, left: -0.1 }],
    ['too far to the right', { ...ALL, left: 0.5, width: 0.6 }],
    ['too far down', { ...ALL, top: 1.5 }],
    ['no number', { ...ALL, left: Number.NaN }],
    ['an endless width', { ...ALL, width: Number.POSITIVE_INFINITY }],
    ['less than a pixel', { ...ALL, left: 0.5, width: 0.001 }],
  ])('%s', async (_, crop) => {
    const bytes = await halves(80, 60, RED, BLUE).png().toBuffer();
    await expect(inputOf(bytes, crop)).rejects.toMatchObject({ code: 'CROP_INVALID' });
  });
});
