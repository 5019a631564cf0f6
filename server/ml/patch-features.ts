import type { InputSpec } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Features } from './features.js';
import { pictureBatches } from './picture-batch.js';
import { storedTensor } from './stored-parameters.js';
import type { Rank, Tensor2D, Tensor4D, TensorFlow } from './tf.js';
import type { WeightsFile } from './weights-file.js';

/** Pixels on each side of a patch. */
const SIDE = 5;
/** Large pictures are shrunk to so many pixels a side, less than twice as many: in the geometric mean of both sides. */
const SEEN_PIXELS = 28;
/** Cells along each side of a picture, in which patches are counted. */
const CELLS = 3;
/** Added to the variance within a patch: below it is noise, which is not to look like an edge. */
const LEAST_CONTRAST = 0.01;
/** Patches that are compared in one go: 9 MiB of distances to 128 kinds, and some times as much beside. */
const PATCHES_AT_ONCE = 18_432;
/** More than what rounding may take off a square that is nothing. */
const ROUNDING = 1e-4;

/** What their names begin with in a file. */
const KINDS = 'patches/kinds/';

/** Kinds of patches, as they were learned from pictures. */
export interface PatchKinds {
  /** Of patches of even contrast: [numbers of a patch] */
  readonly mean: Float32Array;
  /** Makes numbers of a patch independent: [numbers of a patch, numbers of a patch] */
  readonly whitening: Float32Array;
  /** [kinds, numbers of a patch], each of length one, or all zeros */
  readonly centres: Float32Array;
}

/** Where the patches of pictures of one size lie. */
export interface PatchPlaces {
  /** Pixels on a side that are seen as one. */
  readonly shrunk: number;
  readonly rows: number;
  readonly columns: number;
  /** Numbers of a patch. */
  readonly length: number;
}

/** The pictures in batches whose patches are few enough to be compared in one go. */
export function patchBatches(input: InputSpec, pictures: PictureBatch) {
  const { rows, columns } = patchPlaces(input);
  const most = Math.max(1, Math.floor(PATCHES_AT_ONCE / (rows * columns)));
  return pictureBatches(input, pictures, most);
}

export function patchPlaces({ width, height, channels }: InputSpec): PatchPlaces {
  const shrunk = Math.max(1, Math.floor(Math.sqrt(width * height) / SEEN_PIXELS));
  const along = (side: number) => Math.floor(side / shrunk) - SIDE + 1;
  return { shrunk, rows: along(height), columns: along(width), length: SIDE * SIDE * channels };
}

/**
 * How much of each kind of patch there is in each cell of a picture (Coates, Lee, Ng: An Analysis of
 * Single-Layer Networks in Unsupervised Feature Learning, AISTATS 2011): a patch counts for the kinds
 * that it is nearer to than to the mean of all ("triangle"). The root of each sum is taken, as of
 * gradients.
 */
export function patchFeatures(tf: TensorFlow, input: InputSpec, kinds: PatchKinds): Features {
  const places = patchPlaces(input);
  const kindCount = kinds.centres.length / places.length;
  const length = CELLS * CELLS * kindCount;
  const count = (batch: PictureBatch) =>
    tf.tidy(() => counted(tf, nearness(tf, input, kinds, batch), batch.count, places));
  return {
    length,
    layers: [
      {
        name: 'patches',
        part: 'ENCODER',
        kind: `Kinds of patches of ${SIDE}x${SIDE}`,
        outputShape: [CELLS, CELLS, kindCount],
        parameterCount: kinds.mean.length + kinds.whitening.length + kinds.centres.length,
      },
    ],
    stored: Object.entries(kinds).map(([name, values]: [string, Float32Array]) => ({
      ...{ name: `${KINDS}${name}`, shape: [values.length], values },
    })),
    extract: (pictures) => {
      const rows = new Float32Array(pictures.count * length);
      for (const { start, batch } of patchBatches(input, pictures)) {
        const counts = count(batch);
        rows.set(counts.dataSync<'float32'>(), start * length);
        counts.dispose();
      }
      return rows;
    },
  };
}

/**
 * The patches at every place of each picture, all of even brightness and contrast; of the roots of the
 * pixels, as `rootedHistograms`. To be called in a tidy of the caller's.
 * @returns [pictures * rows * columns, numbers of a patch]
 */
export function evenPatches(tf: TensorFlow, input: InputSpec, pictures: PictureBatch): Tensor2D {
  const { shrunk, length } = patchPlaces(input);
  const { width, height, channels } = input;
  const roots = Float32Array.from(pictures.pixels, (byte) => ROOTS[byte] ?? 0);
  const whole = tf.tensor4d(roots, [pictures.count, height, width, channels]);
  const seen = shrunk === 1 ? whole : tf.avgPool<Tensor4D>(whole, shrunk, shrunk, 'valid');
  const apart = tf.reshape<Rank.R4>(tf.eye(length), [SIDE, SIDE, channels, length]);
  const patches = tf.reshape<Rank.R2>(tf.conv2d(seen, apart, 1, 'valid'), [-1, length]);
  const centred = tf.sub<Tensor2D>(patches, tf.mean(patches, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  return tf.div<Tensor2D>(centred, tf.sqrt(tf.add(variance, LEAST_CONTRAST)));
}

/** Patches with independent numbers. @returns [patches, numbers of a patch] */
export function whitened(
  tf: TensorFlow,
  patches: Tensor2D,
  { mean, whitening }: Omit<PatchKinds, 'centres'>,
): Tensor2D {
  const length = mean.length;
  return tf.matMul(tf.sub<Tensor2D>(patches, mean), tf.tensor2d(whitening, [length, length]));
}

const ROOTS = Float32Array.from({ length: 256 }, (_, byte) => Math.sqrt(byte / 255));

/** How much nearer each patch is to each kind than to all on average. @returns [patches, kinds] */
function nearness(
  tf: TensorFlow,
  input: InputSpec,
  kinds: PatchKinds,
  batch: PictureBatch,
): Tensor2D {
  const length = kinds.mean.length;
  const centres = tf.tensor2d(kinds.centres, [kinds.centres.length / length, length]);
  const patches = whitened(tf, evenPatches(tf, input, batch), kinds);
  // |patch - centre|^2 is |patch|^2 + 1 - 2 patch * centre, for centres of length one: in one product, as each
  // pass over numbers so many takes as long as the product.
  const squares = tf.add(tf.sum(tf.square(patches), 1, true), 1 + ROUNDING);
  const beside = tf.ones<Rank.R2>([centres.shape[0], 1]);
  const distances = tf.sqrt(
    tf.matMul<Tensor2D>(
      tf.concat([patches, squares], 1),
      tf.concat([tf.mul(centres, -2), beside], 1),
      false,
      true,
    ),
  );
  return tf.relu(tf.sub<Tensor2D>(tf.mean(distances, 1, true), distances));
}

/** @returns [pictures, cells * cells * kinds], each of length one */
function counted(
  tf: TensorFlow,
  near: Tensor2D,
  pictures: number,
  { rows, columns }: PatchPlaces,
): Tensor2D {
  const placed = tf.reshape<Rank.R4>(near, [pictures, rows, columns, -1]);
  const [down, right] = [Math.floor(rows / CELLS), Math.floor(columns / CELLS)];
  // Cells overlap by what is left over.
  const cell: [number, number] = [rows - (CELLS - 1) * down, columns - (CELLS - 1) * right];
  const sums = tf.avgPool<Tensor4D>(placed, cell, [down, right], 'valid');
  const counts = tf.sqrt(tf.reshape<Rank.R2>(sums, [pictures, -1]));
  return tf.divNoNan<Tensor2D>(counts, tf.norm(counts, 2, 1, true));
}

/** Kinds that nothing has been learned of yet. */
export function emptyKinds(input: InputSpec, count: number): PatchKinds {
  const { length } = patchPlaces(input);
  const numbers = (rows: number) => new Float32Array(rows * length);
  return { mean: numbers(1), whitening: numbers(length), centres: numbers(count) };
}

/** @throws LookalikeError CHECKPOINT_CORRUPT */
export function storedKinds(file: WeightsFile, input: InputSpec, count: number): PatchKinds {
  const { mean, whitening, centres } = emptyKinds(input, count);
  const stored = (name: string, { length }: Float32Array) =>
    storedTensor(file, `${KINDS}${name}`, [length]);
  return {
    mean: stored('mean', mean),
    whitening: stored('whitening', whitening),
    centres: stored('centres', centres),
  };
}
