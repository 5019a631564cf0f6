import type { InputSpec } from './model.js';

/** How far a copy may lie from its original. */
const MAX_SHIFT = 2 / 28;
const MAX_ROTATION = (10 * Math.PI) / 180;
const MAX_CHANGE = 0.2;
const MAX_NOISE = 8;

/**
 * A copy as a picture comes back that was photographed or saved anew: shifted by up to 2 of 28
 * pixels, turned by up to 10 degrees about its middle, brightness and contrast changed by up to 20 %,
 * and up to 8 of 255 steps of noise on every number. Between pixels it is interpolated (bilinear);
 * what comes in from outside is the nearest pixel of the edge.
 *
 * @param pixels [height, width, channels] bytes
 * @param random uniform in [0, 1)
 * @returns pixels of the same shape
 */
export function alteredCopy(
  pixels: Uint8Array,
  { width, height, channels }: Pick<InputSpec, 'width' | 'height' | 'channels'>,
  random: () => number,
): Uint8Array {
  const within = (limit: number) => (random() * 2 - 1) * limit;
  const [dx, dy] = [within(MAX_SHIFT) * width, within(MAX_SHIFT) * height];
  const angle = within(MAX_ROTATION);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [contrast, brightness] = [1 + within(MAX_CHANGE), 1 + within(MAX_CHANGE)];
  const mean = pixels.reduce((sum, value) => sum + value, 0) / Math.max(1, pixels.length);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  // Clamped to 0..255 and rounded as it is written.
  const copy = new Uint8ClampedArray(pixels.length);
  let place = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [right, down] = [column - middleX - dx, row - middleY - dy];
      const x = clamp(middleX + cos * right + sin * down, width - 1);
      const y = clamp(middleY - sin * right + cos * down, height - 1);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [toRight, toBottom] = [x - left, y - top];
      const first = (top * width + left) * channels;
      const nextColumn = left + 1 < width ? channels : 0;
      const nextRow = top + 1 < height ? width * channels : 0;
      for (let channel = 0; channel < channels; channel += 1) {
        const at = first + channel;
        const upper = mix(pixels[at] ?? 0, pixels[at + nextColumn] ?? 0, toRight);
        const lower = mix(
          pixels[at + nextRow] ?? 0,
          pixels[at + nextRow + nextColumn] ?? 0,
          toRight,
        );
        const value = mix(upper, lower, toBottom);
        copy[place] = (mean + (value - mean) * contrast) * brightness + within(MAX_NOISE);
        place += 1;
      }
    }
  }
  return new Uint8Array(copy.buffer);
}

function mix(one: number, other: number, share: number): number {
  return one + (other - one) * share;
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}
