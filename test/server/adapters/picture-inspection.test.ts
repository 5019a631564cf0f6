import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { BLUE, film, halves, plain, RED } from './picture-files.js';

const pictures = new SharpPictures();

async function thumbnailOf(bytes: Buffer) {
  const { thumbnail } = await pictures.inspect(bytes);
  if (!thumbnail) throw new Error('There is no thumbnail.');
  return { thumbnail, ...(await sharp(thumbnail).metadata()) };
}

describe('a thumbnail', () => {
  it('is WebP of 256 pixels on the longest side', async () => {
    const wide = await thumbnailOf(await halves(1000, 500, RED, BLUE).jpeg().toBuffer());
    expect(wide).toMatchObject({ format: 'webp', width: 256, height: 128, hasAlpha: false });
    const high = await thumbnailOf(await plain(257, 1000, RED).png().toBuffer());
    expect(high).toMatchObject({ format: 'webp', width: 66, height: 256 });
  });

  it('is there only where the picture is larger', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif'] as const) {
      const small = await plain(256, 200, RED).toFormat(format).toBuffer();
      expect((await pictures.inspect(small)).thumbnail).toBeNull();
      const large = await plain(257, 200, RED).toFormat(format).toBuffer();
      expect((await pictures.inspect(large)).thumbnail).not.toBeNull();
    }
  });

  it('is there for every TIFF, which browsers do not show, and not enlarged', async () => {
    const small = await thumbnailOf(await plain(40, 30, RED).tiff().toBuffer());
    expect(small).toMatchObject({ format: 'webp', width: 40, height: 30 });
  });

  it('of a line of pixels is a line', async () => {
    const line = await thumbnailOf(await plain(9000, 1, RED).png().toBuffer());
    expect(line).toMatchObject({ width: 256, height: 1 });
  });

  it('keeps transparency', async () => {
    const clear = await plain(600, 400, RED).ensureAlpha(0).png().toBuffer();
    const { thumbnail } = await thumbnailOf(clear);
    const { data, info } = await sharp(thumbnail).raw().toBuffer({ resolveWithObject: true });
    expect([info.channels, data[3]]).toEqual([4, 0]);
  });

  it('is upright, and in the colours of the screen', async () => {
    const cmyk = halves(600, 400, RED, BLUE).toColourspace('cmyk');
    const turned = await cmyk.withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer();
    const { thumbnail, width, height } = await thumbnailOf(turned);
    expect([width, height]).toEqual([171, 256]);
    const { data, info } = await sharp(thumbnail).raw().toBuffer({ resolveWithObject: true });
    // What was left is above.
    const [red, , blueOfRed] = data.subarray(0, 3);
    const [redOfBlue, , blue] = data.subarray(data.length - info.channels);
    expect(red).toBeGreaterThan((blueOfRed ?? 0) + 100);
    expect(blue).toBeGreaterThan((redOfBlue ?? 0) + 30);
  });

  it.each(['gif', 'webp'] as const)('of a %s film is its first frame', async (format) => {
    const bytes = await film(300, 200, [20, 120, 250]).toFormat(format).toBuffer();
    const { thumbnail, width, height, pages } = await thumbnailOf(bytes);
    expect([width, height, pages ?? 1]).toEqual([256, 171, 1]);
    const [first = 0] = await sharp(thumbnail).removeAlpha().raw().toBuffer();
    expect(Math.abs(first - 20)).toBeLessThan(8);
  });

  it('of a 16 bit picture and of one with a palette looks like it', async () => {
    for (const file of [
      halves(600, 400, RED, BLUE).toColourspace('rgb16').png(),
      halves(600, 400, RED, BLUE).png({ palette: true }),
    ]) {
      const { thumbnail } = await thumbnailOf(await file.toBuffer());
      const [red = 0, , blue = 0] = await sharp(thumbnail).raw().toBuffer();
      expect([red > 230, blue < 25]).toEqual([true, true]);
    }
  });
});
