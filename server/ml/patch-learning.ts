import { setImmediate as turn } from 'node:timers/promises';
import { mixSeeds, seededRandom } from '../domain/random.js';
import type { InputSpec } from '../domain/model.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import type { PictureBatch } from '../ports/networks.js';
import { sphericalCentres } from './clusters.js';
import {
  evenPatches,
  patchBatches,
  patchPlaces,
  whitened,
  type PatchKinds,
} from './patch-features.js';
import { Covariance } from './principal-components.js';
import type { Tensor2D, TensorFlow } from './tf.js';

const PATCHES_OF_A_PICTURE = 30;
/** Random numbers that nothing else of a training draws. */
const PATCH_STREAM = -2;
/** Passes of k-means, after which the centres hardly move. */
const PASSES = 10;
/** Added to the variance of each direction before it is whitened: what hardly varies is noise. */
const NOISE = 0.1;
/** Of a patch as long as this all is one colour: it is of no kind. */
const LEAST_LENGTH = 1e-3;

/**
 * The kinds of patches that there are in pictures: the centres of clusters of them (Coates, Lee, Ng: An
 * Analysis of Single-Layer Networks in Unsupervised Feature Learning, AISTATS 2011).
 * @param pictures as many as are needed for that: some thousands
 * @param kinds how many
 */
export async function learnPatchKinds(
  tf: TensorFlow,
  input: InputSpec,
  pictures: PictureBatch,
  kinds: number,
  seed: number,
  onProgress: OnProgress,
): Promise<PatchKinds> {
  const random = seededRandom(mixSeeds(seed, PATCH_STREAM));
  const { length } = patchPlaces(input);
  const [drawing, clustering] = inParts(onProgress, 1, 2);
  const patches = await randomPatches(tf, input, pictures, random, drawing);
  const covariance = new Covariance(tf, length);
  covariance.add(patches);
  const whitening = covariance.principalComponents(length, 1, NOISE).components;
  const mean = covariance.mean();
  const rows = tf.tidy(() => {
    const all = tf.tensor2d(patches, [patches.length / length, length]);
    const independent = whitened(tf, all, { mean, whitening });
    return tf
      .divNoNan<Tensor2D>(independent, tf.norm(independent, 2, 1, true))
      .dataSync<'float32'>();
  });
  const centres = await sphericalCentres(tf, rows, length, kinds, PASSES, random, clustering);
  return { mean, whitening, centres };
}

/** Patches of even contrast from anywhere in the pictures; those of one colour only where there are no others. */
async function randomPatches(
  tf: TensorFlow,
  input: InputSpec,
  pictures: PictureBatch,
  random: () => number,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const { rows, columns, length } = patchPlaces(input);
  const places = rows * columns;
  const patches = new Float32Array(pictures.count * PATCHES_OF_A_PICTURE * length);
  let taken = 0;
  for (const { start, batch } of patchBatches(input, pictures)) {
    const drawn = Int32Array.from(
      { length: batch.count * PATCHES_OF_A_PICTURE },
      (_, at) => Math.floor(at / PATCHES_OF_A_PICTURE) * places + Math.floor(random() * places),
    );
    const found = tf.tidy(() =>
      tf.gather(evenPatches(tf, input, batch), drawn).dataSync<'float32'>(),
    );
    for (let from = 0; from < found.length; from += length) {
      const patch = found.subarray(from, from + length);
      if (Math.hypot(...patch) < LEAST_LENGTH) continue;
      patches.set(patch, taken);
      taken += length;
    }
    await turn();
    await onProgress((start + batch.count) / pictures.count);
  }
  return patches.subarray(0, Math.max(taken, length));
}
