import type { InputSpec } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Tensor4D, TensorFlow } from './tf.js';

/** A byte of a pixel as the network is fed it: 0 to 1. */
const SCALED = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Numbers in one picture. */
export function pictureSize({ width, height, channels }: InputSpec): number {
  return width * height * channels;
}

/** @throws RangeError when the pixels are not as many as the count and the input size say */
export function checkPictures(input: InputSpec, { count, pixels }: PictureBatch): void {
  const expected = count * pictureSize(input);
  if (pixels.byteLength === expected) return;
  const size = `${input.height}x${input.width}x${input.channels}`;
  throw new RangeError(
    `${count} pictures of ${size} are ${expected} bytes, not ${pixels.byteLength}.`,
  );
}

/**
 * The pictures at these positions, scaled to 0..1: [positions, height, width, channels].
 *
 * Picked and scaled here, because bytes cross into TensorFlow a quarter as wide as the library's
 * smallest number type: gathering there would need the whole data set as int32.
 */
export function gatherPictures(
  tf: TensorFlow,
  input: InputSpec,
  pixels: Uint8Array,
  positions: ArrayLike<number>,
): Tensor4D {
  const size = pictureSize(input);
  const values = new Float32Array(positions.length * size);
  for (let row = 0, target = 0; row < positions.length; row += 1) {
    const start = (positions[row] ?? 0) * size;
    for (let source = start; source < start + size; source += 1, target += 1) {
      values[target] = SCALED[pixels[source] ?? 0] ?? 0;
    }
  }
  return tf.tensor4d(values, [positions.length, input.height, input.width, input.channels]);
}

/** The numbers 0..count-1 in runs of at most `size`. */
export function* positionsInBatches(count: number, size: number): Generator<Int32Array> {
  for (let start = 0; start < count; start += size) {
    const length = Math.min(size, count - start);
    yield Int32Array.from({ length }, (_, offset) => start + offset);
  }
}
