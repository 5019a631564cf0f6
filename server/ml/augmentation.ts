import type { Augmentation } from '../domain/augmentation.js';
import type { InputSpec } from '../domain/model.js';
import { pictureSize } from './picture-batch.js';

/** Share of a picture that is erased, from and to; and how far from square the rectangle may be. */
const ERASED_SHARE = [0.02, 0.2] as const;
const MOST_OBLONG = 3;

/**
 * Copies pictures, each moved, perhaps mirrored, and perhaps with a rectangle of noise on it (Zhong et
 * al.: Random Erasing Data Augmentation, arXiv:1708.04896): a network that is never shown the same
 * picture twice cannot learn it by heart. What is moved in is black.
 * @param pixels [count, height, width, channels]
 * @param positions of the pictures to copy
 * @returns [positions, height, width, channels]
 */
export function augmented(
  input: InputSpec,
  pixels: Uint8Array,
  positions: Int32Array,
  { shift, mirrored, erased }: Augmentation,
  random: () => number,
): Uint8Array {
  const size = pictureSize(input);
  const copies = new Uint8Array(positions.length * size);
  const [down, right] = [Math.round(shift * input.height), Math.round(shift * input.width)];
  const within = (most: number) => Math.floor(random() * (2 * most + 1)) - most;
  positions.forEach((position, at) => {
    const from = pixels.subarray(position * size, (position + 1) * size);
    const into = copies.subarray(at * size, (at + 1) * size);
    move(input, from, into, within(down), within(right), random() < mirrored);
    if (random() < erased) erase(input, into, random);
  });
  return copies;
}

/** The same pictures, mirrored left to right. */
export function mirroredPictures(input: InputSpec, pixels: Uint8Array): Uint8Array {
  const size = pictureSize(input);
  const copies = new Uint8Array(pixels.length);
  for (let start = 0; start < pixels.length; start += size) {
    move(
      input,
      pixels.subarray(start, start + size),
      copies.subarray(start, start + size),
      0,
      0,
      true,
    );
  }
  return copies;
}

function move(
  { width, height, channels }: InputSpec,
  from: Uint8Array,
  into: Uint8Array,
  down: number,
  right: number,
  isMirrored: boolean,
): void {
  for (let row = Math.max(0, -down); row < Math.min(height, height - down); row += 1) {
    for (let column = Math.max(0, -right); column < Math.min(width, width - right); column += 1) {
      const seen = isMirrored ? width - 1 - (column + right) : column + right;
      const source = ((row + down) * width + seen) * channels;
      const target = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        into[target + channel] = from[source + channel] ?? 0;
      }
    }
  }
}

function erase(
  { width, height, channels }: InputSpec,
  picture: Uint8Array,
  random: () => number,
): void {
  const [least, most] = ERASED_SHARE;
  const area = (least + (most - least) * random()) * height * width;
  const oblong = MOST_OBLONG ** (2 * random() - 1);
  const rows = Math.max(1, Math.min(height, Math.round(Math.sqrt(area * oblong))));
  const columns = Math.max(1, Math.min(width, Math.round(Math.sqrt(area / oblong))));
  const top = Math.floor(random() * (height - rows + 1));
  const left = Math.floor(random() * (width - columns + 1));
  for (let row = top; row < top + rows; row += 1) {
    const start = (row * width + left) * channels;
    for (let at = start; at < start + columns * channels; at += 1) picture[at] = random() * 256;
  }
}
