import type { InputSpec } from '../domain/model.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Embedder } from './embedder.js';
import type { Features } from './features.js';
import { fitPair } from './pair-fitting.js';
import { Pair, PairedEmbedder, storedReduction } from './paired-embedder.js';
import { emptyKinds, patchFeatures, storedKinds } from './patch-features.js';
import { learnPatchKinds } from './patch-learning.js';
import { covarianceOf } from './picture-passes.js';
import {
  emptyProjection,
  fittedProjection,
  ProjectionEmbedder,
  storedProjection,
} from './projection-embedder.js';
import type { Projection } from './projection-embedder.js';
import type { TensorFlow } from './tf.js';
import type { WeightsFile } from './weights-file.js';

/** What the names of its parts begin with in a file. */
const PATCHES = 'patches/';
const BOTH = 'companion';

/** What a companion is, before it has seen any picture. */
export interface CompanionDesign {
  readonly gradients: Features;
  /** Numbers of an embedding, at most. */
  readonly dimension: number;
  readonly whitening: number;
  /** Kinds of patches that it tells apart beside the gradients; 0 for none. */
  readonly patchKinds: number;
  readonly seed: number;
}

/** Features with the projection on their principal components. */
interface Projected {
  readonly features: Features;
  readonly dimension: number;
  readonly projection: Projection;
}

/**
 * What an encoder is trained beside: gradients, and how much there is of each kind of patch, each
 * projected without any training. They err on different pictures.
 */
export interface Companion {
  readonly gradients: Projected;
  /** With the projection of both together; null where there are gradients alone. */
  readonly patches: (Projected & { readonly reduction: Projection }) | null;
  /** Numbers of an embedding. */
  readonly dimension: number;
}

/** One that has learned nothing yet. */
export function emptyCompanion(
  tf: TensorFlow,
  input: InputSpec,
  design: CompanionDesign,
): Companion {
  const projected = (features: Features): Projected => {
    const dimension = Math.min(features.length, design.dimension);
    return { features, dimension, projection: emptyProjection(features.length, dimension) };
  };
  const gradients = projected(design.gradients);
  if (design.patchKinds === 0) return { gradients, patches: null, dimension: gradients.dimension };
  const own = projected(patchFeatures(tf, input, emptyKinds(input, design.patchKinds)));
  const width = gradients.dimension + own.dimension;
  const dimension = Math.min(width, design.dimension);
  const patches = { ...own, reduction: emptyProjection(width, dimension) };
  return { gradients, patches, dimension };
}

/** @throws LookalikeError CHECKPOINT_CORRUPT */
export function storedCompanion(
  tf: TensorFlow,
  input: InputSpec,
  design: CompanionDesign,
  file: WeightsFile,
): Companion {
  const { gradients, patches, dimension } = emptyCompanion(tf, input, design);
  const projection = storedProjection(file, gradients.features, gradients.dimension);
  return {
    gradients: { ...gradients, projection },
    patches: patches && {
      ...patches,
      features: patchFeatures(tf, input, storedKinds(file, input, design.patchKinds)),
      projection: storedProjection(file, patches.features, patches.dimension, PATCHES),
      reduction: storedReduction(file, gradients.dimension + patches.dimension, dimension, BOTH),
    },
    dimension,
  };
}

/**
 * One that has seen these pictures.
 * @param some of them, as many as are needed where they need not all be seen
 */
export async function fittedCompanion(
  tf: TensorFlow,
  input: InputSpec,
  design: CompanionDesign,
  pictures: PictureBatch,
  some: PictureBatch,
  onProgress: OnProgress,
): Promise<Companion> {
  const { whitening } = design;
  const { gradients, patches, dimension } = emptyCompanion(tf, input, design);
  const [ofGradients, learning, ofPatches, ofBoth] = inParts(onProgress, 7, 1, 1, 1);
  const projected = async (part: Projected, seen: PictureBatch, fitting: OnProgress) => {
    const covariance = await covarianceOf(tf, input, part.features, seen, fitting);
    const { projection } = fittedProjection(covariance, part.dimension, whitening);
    return { ...part, projection };
  };
  const alone = await projected(gradients, pictures, patches ? ofGradients : onProgress);
  if (!patches) return { gradients: alone, patches, dimension };
  const { patchKinds, seed } = design;
  const kinds = await learnPatchKinds(tf, input, some, patchKinds, seed, learning);
  const own = await projected(
    { ...patches, features: patchFeatures(tf, input, kinds) },
    some,
    ofPatches,
  );
  const pair = new Pair(tf, projectionOf(tf, alone), projectionOf(tf, own, PATCHES));
  try {
    const { reduction } = await fitPair(tf, input, pair, some, dimension, ofBoth);
    return { gradients: alone, patches: { ...own, reduction }, dimension };
  } finally {
    pair.dispose();
  }
}

export function companionEmbedder(
  tf: TensorFlow,
  { gradients, patches, dimension }: Companion,
): Embedder {
  const first = projectionOf(tf, gradients);
  if (!patches) return first;
  const pair = new Pair(tf, first, projectionOf(tf, patches, PATCHES));
  return new PairedEmbedder(tf, pair, dimension, patches.reduction, BOTH);
}

function projectionOf(
  tf: TensorFlow,
  { features, dimension, projection }: Projected,
  place?: string,
): Embedder {
  return new ProjectionEmbedder(tf, features, dimension, projection, place);
}
