import { setImmediate as turn } from 'node:timers/promises';
import type { InputSpec } from '../domain/model.js';
import type { OnProgress } from '../domain/progress.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Features } from './features.js';
import { checkPictures, pictureBatches, pictureSize } from './picture-batch.js';
import { Covariance } from './principal-components.js';
import type { TensorFlow } from './tf.js';

/** Numbers of input in one batch: some 20 to 100 ms of work. */
const BATCH_NUMBERS = 256 * 28 * 28;
/** Pictures in one batch at least, so that all threads have a block. */
const LEAST_BATCH = 16;

/** Calls `visit` with each batch, frees its tensors, and lets the event loop turn between. */
export async function eachBatch(
  tf: TensorFlow,
  input: InputSpec,
  pictures: PictureBatch,
  visit: (batch: PictureBatch, start: number) => void,
  onProgress: OnProgress = () => Promise.resolve(),
): Promise<void> {
  checkPictures(input, pictures);
  const size = Math.max(LEAST_BATCH, Math.floor(BATCH_NUMBERS / pictureSize(input)));
  for (const { start, batch } of pictureBatches(input, pictures, size)) {
    if (start > 0) await turn();
    tf.tidy(() => visit(batch, start));
    await onProgress((start + batch.count) / pictures.count);
  }
}

/** Of the features of pictures. */
export async function covarianceOf(
  tf: TensorFlow,
  input: InputSpec,
  { length, extract }: Features,
  pictures: PictureBatch,
  onProgress?: OnProgress,
): Promise<Covariance> {
  const covariance = new Covariance(tf, length);
  const gather = (batch: PictureBatch) => covariance.add(extract(batch));
  await eachBatch(tf, input, pictures, gather, onProgress);
  return covariance;
}
