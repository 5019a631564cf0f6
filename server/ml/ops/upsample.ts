import type { Tensor4D, TensorFlow } from '../tf.js';

/**
 * Nearest-neighbour upsampling to exactly `[height, width]`: output row i shows input row
 * floor(i * inputHeight / height), as TensorFlow's resize_nearest_neighbor does.
 * @param x [count, inputHeight, inputWidth, channels]
 * @returns [count, height, width, channels]
 */
export function upsample(tf: TensorFlow, x: Tensor4D, height: number, width: number): Tensor4D {
  return tf.image.resizeNearestNeighbor(x, [height, width]);
}
