import type { Estimate, Evaluation } from './evaluation.js';

/** What two models are compared by: P@10 of labelled images, or else own copies that are found. */
export const CHOICE_MEASURES = ['PRECISION_AT_10', 'OWN_COPIES'] as const;
export type ChoiceMeasure = (typeof CHOICE_MEASURES)[number];

/** Two models by a measure that both have, on the same held-out images. */
export interface ModelComparison {
  readonly measure: ChoiceMeasure;
  readonly candidate: Estimate;
  readonly active: Estimate;
  /** Whether the candidate is worse beyond chance. */
  readonly isWorse: boolean;
  /** Whether both were measured for this comparison, as their evaluations are of different images. */
  readonly isAnew: boolean;
}

/** Of fewer queries a bootstrap interval is too narrow to be relied on. */
export const LEAST_QUERIES = 30;

const NAMES: Readonly<Record<ChoiceMeasure, string>> = {
  PRECISION_AT_10: 'P@10',
  OWN_COPIES: 'own copies found',
};

/**
 * Compares a model with the active one by P@10, or where not both have that, by the own copies that they
 * find. The rule: it is worse when its value lies under the active one's 95 % interval. Both were measured
 * on the same queries, so that most of what is chance in one value is in the other too, and the interval
 * of one value is about as wide as that of their difference: it is so wide exactly where the two have a
 * correlation of one half over the queries, and narrower where they are more alike.
 *
 * Null where they cannot be compared: a measure is missing, was taken of fewer than LEAST_QUERIES, or P@10
 * of other images, which shows in how many queries there were of each label. Of own copies, where one has
 * more than the other, each is given the benefit of the doubt: as many as that may have failed or succeeded.
 */
export function compareModels(candidate: Evaluation, active: Evaluation): ModelComparison | null {
  const [one, other] = [candidate.details, active.details];
  if (!one || !other) return null;
  if (one.scores && other.scores) {
    const isSame = testSetOf(candidate) === testSetOf(active);
    if (!isSame || candidate.queryCount < LEAST_QUERIES) return null;
    return compared('PRECISION_AT_10', one.scores.precisionAt10, other.scores.precisionAt10);
  }
  const counts = [one.ownCopyCount, other.ownCopyCount];
  const fewer = Math.min(...counts);
  if (!one.ownCopies || !other.ownCopies || fewer < LEAST_QUERIES) return null;
  const doubt = (Math.max(...counts) - fewer) / fewer;
  return compared('OWN_COPIES', one.ownCopies, other.ownCopies, doubt);
}

/** Both numbers with their intervals: `P@10 0.781 (0.776–0.787) against 0.852 (0.847–0.857)`. */
export function wordsOfComparison({ measure, candidate, active, isAnew }: ModelComparison): string {
  const words = `${NAMES[measure]} ${wordsOf(candidate)} against ${wordsOf(active)}`;
  return isAnew ? `${words}, both measured anew on the images that they share` : words;
}

/** Compares by P@10 that was measured of both on the same queries, by the rule of `compareModels`. */
export function measuredAnew(candidate: Estimate, active: Estimate): ModelComparison {
  return { ...compared('PRECISION_AT_10', candidate, active), isAnew: true };
}

function compared(
  measure: ChoiceMeasure,
  candidate: Estimate,
  active: Estimate,
  doubt = 0,
): ModelComparison {
  const isWorse = candidate.value + doubt < active.low;
  return { measure, candidate, active, isWorse, isAnew: false };
}

function testSetOf({ queryCount, details }: Evaluation): string {
  const labels = details?.labels.map(({ label, queryCount: count }) => [label, count]) ?? [];
  return JSON.stringify([queryCount, details?.labelCount, labels.sort()]);
}

function wordsOf({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}
