import type { Hyperparameters } from './architecture.js';

/** How pictures are altered in training. */
export interface Augmentation {
  /** Share of its sides that a picture is moved by at most. */
  readonly shift: number;
  /** Share of the pictures that are mirrored left to right. */
  readonly mirrored: number;
  /** Share of the pictures that a part of is erased. */
  readonly erased: number;
}

/** What the dials say; null for an architecture that learns from the pictures as they are. */
export function augmentationOf(values: Hyperparameters): Augmentation | null {
  const { shift, mirrored, erased } = values;
  if (shift === undefined || mirrored === undefined || erased === undefined) return null;
  return { shift, mirrored, erased };
}
