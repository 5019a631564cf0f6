import type { InputSpec } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Tensor4D, TensorFlow } from './tf.js';

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
 * The pictures as TensorFlow's kernels of ours take them: [count, height, width, channels] bytes.
 * Of type bool, tfjs's only one of a byte a number; nothing is widened.
 */
export function pictureTensor(tf: TensorFlow, input: InputSpec, pictures: PictureBatch): Tensor4D {
  const { height, width, channels } = input;
  return tf.tensor4d(pictures.pixels, [pictures.count, height, width, channels], 'bool');
}

/** The pictures in batches of at most `size`, and where each starts; their pixels are not copied. */
export function* pictureBatches(
  input: InputSpec,
  { count, pixels }: PictureBatch,
  size: number,
): Generator<{ readonly start: number; readonly batch: PictureBatch }> {
  const length = pictureSize(input);
  for (let start = 0; start < count; start += size) {
    const end = Math.min(count, start + size);
    const part = pixels.subarray(start * length, end * length);
    yield { start, batch: { count: end - start, pixels: part } };
  }
}

/**
 * So many pictures at most, from all over: pictures of one kind often follow one another. Their pixels
 * are copied.
 */
export function spreadPictures(
  input: InputSpec,
  pictures: PictureBatch,
  most: number,
): PictureBatch {
  if (pictures.count <= most) return pictures;
  const size = pictureSize(input);
  const pixels = new Uint8Array(most * size);
  for (let at = 0; at < most; at += 1) {
    const from = Math.floor((at * pictures.count) / most) * size;
    pixels.set(pictures.pixels.subarray(from, from + size), at * size);
  }
  return { count: most, pixels };
}
