import type { Hyperparameters } from './architecture.js';

/**
 * What the score of an epoch is. PRECISION_AT_10: the mean share of a probe image's 10 nearest that
 * bear its label. OWN_COPIES: the share of altered copies of the probe images whose original is found
 * first, where there are no labels to go by.
 */
export const VALIDATION_MEASURES = ['PRECISION_AT_10', 'OWN_COPIES'] as const;
export type ValidationMeasure = (typeof VALIDATION_MEASURES)[number];

/** How well the network of an epoch finds what is like its probe images. */
export interface ValidationScore {
  readonly measure: ValidationMeasure;
  /** 0 to 1, the more the better. */
  readonly value: number;
  readonly queryCount: number;
  /** Images of the TRAIN split in which the neighbours are sought: a sample of them. */
  readonly baseCount: number;
  /**
   * Whether the network learns from the probe images too. Then the score tells how it gets on, and
   * not how it would do on images that it has not seen.
   */
  readonly seenInTraining: boolean;
}

/** Epochs without a better score after which a run stops; 0 where it never does. */
export function patienceOf(values: Hyperparameters): number {
  return values['patience'] ?? 0;
}

/** Share of the training images that a run holds out to validate with. */
export function validationShareOf(values: Hyperparameters): number {
  return values['validationShare'] ?? 0;
}

/** An epoch as early stopping looks at it. */
export interface ScoredEpoch {
  readonly epoch: number;
  readonly validation: ValidationScore | null;
}

/**
 * The epoch with the best score, of equal ones the first; null where none has one. Scores of another
 * measure than the last one's, from before labels came or went, cannot be compared and do not count.
 */
export function bestEpoch(epochs: readonly ScoredEpoch[]): number | null {
  const measure = epochs.findLast(({ validation }) => validation)?.validation?.measure;
  let best: { readonly epoch: number; readonly value: number } | null = null;
  for (const { epoch, validation } of epochs) {
    if (!validation || validation.measure !== measure) continue;
    if (!best || validation.value > best.value) best = { epoch, value: validation.value };
  }
  return best?.epoch ?? null;
}

/**
 * Whether training is to stop early: so many epochs have gone by since the best one (Prechelt, Early
 * Stopping - But When?, 1998). It follows from the finished epochs alone, so that a run that goes on
 * from its checkpoint decides as one that was never interrupted.
 * @param patience 0 never stops
 */
export function isOutOfPatience(epochs: readonly ScoredEpoch[], patience: number): boolean {
  const best = bestEpoch(epochs);
  const last = epochs.at(-1)?.epoch;
  if (patience <= 0 || best === null || last === undefined) return false;
  return last - best >= patience;
}
