import type { InputSpec } from '../../domain/model.js';
import type { Features } from '../features.js';
import { pictureSize } from '../picture-batch.js';

/** Numbers that a picture is made smaller to, if it has more. */
const MOST_NUMBERS = 1024;

/**
 * The pixels themselves, from 0 to 1; of large pictures the means of blocks of them, for what small
 * parts look like says little of what is alike, and their covariance would not fit.
 */
export function pixels(input: InputSpec): Features {
  const { width, height, channels } = input;
  const shrink = Math.min(1, Math.sqrt(MOST_NUMBERS / pictureSize(input)));
  const [rows, columns] = [Math.floor(height * shrink), Math.floor(width * shrink)];
  const length = rows * columns * channels;
  const blockAlong = (pixel: number, blocks: number, side: number) =>
    Math.floor((pixel * blocks) / side);
  const blocks = Int32Array.from({ length: height * width }, (_, place) => {
    const row = blockAlong(Math.floor(place / width), rows, height);
    return row * columns + blockAlong(place % width, columns, width);
  });
  const sizes = new Float32Array(rows * columns);
  for (const block of blocks) sizes[block] = (sizes[block] ?? 0) + 1;
  return {
    length,
    layers: [
      {
        name: 'pixels',
        part: 'ENCODER',
        kind: shrink < 1 ? 'Means of blocks of pixels' : 'Pixels',
        outputShape: [rows, columns, channels],
        parameterCount: 0,
      },
    ],
    stored: [],
    extract: (pictures) => {
      const means = new Float32Array(pictures.count * length);
      const size = pictureSize(input);
      for (let at = 0; at < pictures.pixels.length; at += 1) {
        const picture = Math.floor(at / size);
        const block = blocks[Math.floor((at % size) / channels)] ?? 0;
        const position = picture * length + block * channels + (at % channels);
        const share = (pictures.pixels[at] ?? 0) / (255 * (sizes[block] ?? 1));
        means[position] = (means[position] ?? 0) + share;
      }
      return means;
    },
  };
}
