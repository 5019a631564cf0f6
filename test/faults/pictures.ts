import sharp from 'sharp';
import type { Dice } from './dice.js';

/** Over this a blob is a file of its own. */
const NOISE_SIDE = 130;

/** A PNG that no other draw gives: waves of a few kinds, so that some pictures are alike. */
export function wavyPicture(dice: Dice, kind: number, channels: 1 | 3 = 3): Promise<Buffer> {
  const side = 28 + dice.whole(13);
  const [phase, tilt] = [dice.upTo(2), 0.4 + dice.upTo(0.2)];
  const pixels = Uint8Array.from({ length: side * side * channels }, (_, at) => {
    const [channel, pixel] = [at % channels, Math.floor(at / channels)];
    const along =
      (pixel % side) * Math.cos(kind) + Math.floor(pixel / side) * Math.sin(kind) * tilt;
    const wave = Math.sin(along / (2 + kind) + phase + channel);
    return Math.round(127 + 100 * wave + dice.upTo(20));
  });
  return encoded(pixels, side, channels);
}

/** A PNG of noise, too large to be packed with others. */
export function noisyPicture(dice: Dice): Promise<Buffer> {
  const pixels = Uint8Array.from({ length: NOISE_SIDE ** 2 * 3 }, () => dice.whole(256));
  return encoded(pixels, NOISE_SIDE, 3);
}

function encoded(pixels: Uint8Array, side: number, channels: 1 | 3): Promise<Buffer> {
  return sharp(pixels, { raw: { width: side, height: side, channels } })
    .png()
    .toBuffer();
}
