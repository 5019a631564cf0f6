import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { BLUE, halves, ramp, RED } from './picture-files.js';

const pictures = new SharpPictures();

async function displayOf(bytes: Buffer) {
  return pictures.toDisplay({ ...(await pictures.identify(bytes)), bytes });
}

describe('a browser is shown', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('a %s file as it is', async (format) => {
    const bytes = await halves(40, 30, RED, BLUE).toFormat(format).toBuffer();
    expect(await displayOf(bytes)).toEqual({ bytes, contentType: `image/${format}` });
  });

  it('raw pixels as PNG, without loss', async () => {
    const raw = { format: 'RAW', width: 8, height: 6, channels: 1 } as const;
    const { bytes, contentType } = await pictures.toDisplay({ ...raw, bytes: ramp(8, 6) });
    expect(contentType).toBe('image/png');
    const pixels = await sharp(bytes).toColourspace('b-w').raw().toBuffer();
    expect([...pixels]).toEqual([...ramp(8, 6)]);
  });

  it('a TIFF file as WebP, upright', async () => {
    const tiff = halves(40, 30, RED, BLUE).withMetadata({ orientation: 6 }).tiff();
    const { bytes, contentType } = await displayOf(await tiff.toBuffer());
    expect(contentType).toBe('image/webp');
    const shown = { format: 'webp', width: 30, height: 40 };
    expect(await sharp(bytes).metadata()).toMatchObject(shown);
  });

  it('a TIFF file that is larger than 4096 pixels at that size', async () => {
    const tiff = await halves(5000, 20, RED, BLUE).tiff({ compression: 'lzw' }).toBuffer();
    const { bytes } = await displayOf(tiff);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 4096, height: 16 });
  });

  it('no TIFF file that is damaged', async () => {
    const tiff = await halves(50, 20, RED, BLUE).tiff({ compression: 'none' }).toBuffer();
    const picture = { ...(await pictures.identify(tiff)), bytes: tiff.subarray(0, 900) };
    await expect(pictures.toDisplay(picture)).rejects.toMatchObject({
      code: 'UPLOAD_NOT_AN_IMAGE',
    });
  });
});
