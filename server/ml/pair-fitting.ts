import type { InputSpec } from '../domain/model.js';
import type { OnProgress } from '../domain/progress.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Pair } from './paired-embedder.js';
import { eachBatch } from './picture-passes.js';
import { Covariance } from './principal-components.js';
import { fittedProjection } from './projection-embedder.js';
import type { Projection } from './projection-embedder.js';
import type { TensorFlow } from './tf.js';

/** Chosen on images held out of Fashion-MNIST's training images. */
const PAIR_WHITENING = 0.2;

/** How a pair is projected, and what it was found from. */
export interface FittedPair {
  readonly reduction: Projection;
  /** [pictures, width]: what both make of the pictures, see `Pair.rows`. */
  readonly rows: Float32Array;
  readonly width: number;
}

/** The projection of a pair on the principal components of what it makes of these pictures. */
export async function fitPair(
  tf: TensorFlow,
  input: InputSpec,
  pair: Pair,
  pictures: PictureBatch,
  dimension: number,
  onProgress?: OnProgress,
): Promise<FittedPair> {
  const { width } = pair;
  const rows = new Float32Array(pictures.count * width);
  const covariance = new Covariance(tf, width);
  const gather = (batch: PictureBatch, start: number) => {
    const own = pair.rows(batch).dataSync<'float32'>();
    rows.set(own, start * width);
    covariance.add(own);
  };
  await eachBatch(tf, input, pictures, gather, onProgress);
  const { projection } = fittedProjection(covariance, dimension, PAIR_WHITENING);
  return { reduction: projection, rows, width };
}
