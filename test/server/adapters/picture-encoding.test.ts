import sharp from 'sharp';
import { expect, it } from 'vitest';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { GRAY, ramp } from './picture-files.js';

const pictures = new SharpPictures();

it.each([
  ['gray', 1, 'b-w'],
  ['colour', 3, 'srgb'],
] as const)(
  'pixels in %s become a PNG file and come back as they were',
  async (_, channels, space) => {
    const data = Uint8Array.from({ length: 28 * 20 * channels }, (_, at) => (at * 13) % 256);
    const png = await pictures.encodePng({ width: 28, height: 20, channels, data });
    expect(await sharp(png).metadata()).toMatchObject({
      format: 'png',
      width: 28,
      height: 20,
      channels,
      space,
      depth: 'uchar',
    });
    const picture = await pictures.identify(png);
    expect(picture).toMatchObject({ format: 'PNG', channels });
    const input = { ...GRAY, width: 28, height: 20, channels };
    expect([...(await pictures.toInput({ ...picture, bytes: png }, input, null))]).toEqual([
      ...data,
    ]);
  },
);

it('pixels that are a part of a longer array become a picture of that part', async () => {
  const [above, below] = [ramp(28, 28), ramp(28, 28).fill(7)];
  const both = Uint8Array.from([...above, ...below]);
  const data = both.subarray(784);
  const png = await pictures.encodePng({ width: 28, height: 28, channels: 1, data });
  const picture = await pictures.identify(png);
  const input = { ...GRAY, width: 28, height: 28 };
  const decoded = await pictures.toInput({ ...picture, bytes: png }, input, null);
  expect([...decoded]).toEqual([...below]);
});
