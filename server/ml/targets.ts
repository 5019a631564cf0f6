import { LookalikeError } from '../domain/errors.js';
import type { OnProgress } from '../domain/progress.js';
import type { PictureBatch, TrainingSet } from '../ports/networks.js';

/** What the embedding of each picture is to point to, in one epoch. */
export interface Targets {
  readonly count: number;
  /** Of the pictures to learn from. */
  readonly positions: Int32Array;
  /** Adds the shares [count] of the targets of the picture at this position. */
  addShares(position: number, shares: Float32Array): void;
}

/** Finds what the pictures are to point to. */
export interface TargetFinder {
  /** Before any work is done. @throws LookalikeError LABELS_NEEDED */
  check(set: TrainingSet): void;
  /**
   * Asked once by each network that is trained, which keeps them.
   * @param encode makes the embeddings that targets are found by, where that needs any
   */
  find(
    set: TrainingSet,
    encode: (pictures: PictureBatch, onProgress: OnProgress) => Promise<Float32Array>,
    onProgress: OnProgress,
  ): Promise<Targets>;
}

/** The labels of the pictures by name, and of each picture the place of its own, or -1. */
export function labelPlaces({ labels }: TrainingSet): {
  readonly names: readonly string[];
  readonly places: Int32Array;
} {
  const names = [...new Set(labels)].filter((label) => label !== null).toSorted();
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const places = Int32Array.from(labels, (label) =>
    label === null ? -1 : (placeOf.get(label) ?? -1),
  );
  return { names, places };
}

/** @throws LookalikeError LABELS_NEEDED when there are fewer than two labels */
export function checkLabels(set: TrainingSet): void {
  const { names } = labelPlaces(set);
  if (names.length >= 2) return;
  const found = names.length === 1 ? 'only one' : 'none';
  throw new LookalikeError(
    'LABELS_NEEDED',
    `This architecture learns from labels, and the TRAIN images have ${found}. ` +
      'Label images of at least two kinds, or train an architecture that needs no labels.',
  );
}

/**
 * The labels. Pictures without one are left out.
 * @param smoothing share that all labels have in each picture (Szegedy et al.: Rethinking the Inception
 * Architecture, arXiv:1512.00567), so that no embedding is pushed beyond all bounds
 */
export function labelTargets(set: TrainingSet, smoothing: number): Targets {
  const { names, places } = labelPlaces(set);
  const count = names.length;
  return {
    count,
    positions: Int32Array.from([...places.keys()].filter((at) => (places[at] ?? -1) >= 0)),
    addShares: (position, into) => {
      const place = places[position] ?? -1;
      for (let at = 0; at < count; at += 1) {
        into[at] = (into[at] ?? 0) + smoothing / count + (at === place ? 1 - smoothing : 0);
      }
    },
  };
}
