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
 * Null where they cannot be compared: a measure is missing, was taken of fewer than LEAST_QUERIES, or of
 * other images, which shows in how many queries there were of each label.
 */
export function compareModels(candidate: Evaluation, active: Evaluation): ModelComparison | null {
  const [one, other] = [candidate.details, active.details];
  if (!one || !other) return null;
  if (one.scores && other.scores) {
    const isSame = testSetOf(candidate) === testSetOf(active);
    if (!isSame || candidate.queryCount < LEAST_QUERIES) return null;
    return compared('PRECISION_AT_10', one.scores.precisionAt10, other.scores.precisionAt10);
  }
  const isSame = one.ownCopyCount === other.ownCopyCount;
  if (!one.ownCopies || !other.ownCopies || !isSame || one.ownCopyCount < LEAST_QUERIES) {
    return null;
  }
  return compared('OWN_COPIES', one.ownCopies, other.ownCopies);
}

/** Both numbers with their intervals: `P@10 0.781 (0.776–0.787) against 0.852 (0.847–0.857)`. */
export function wordsOfComparison({ measure, candidate, active }: ModelComparison): string {
  return `${NAMES[measure]} ${wordsOf(candidate)} against ${wordsOf(active)}`;
}

function compared(measure: ChoiceMeasure, candidate: Estimate, active: Estimate): ModelComparison {
  return { measure, candidate, active, isWorse: candidate.value < active.low };
}

function testSetOf({ queryCount, details }: Evaluation): string {
  const labels = details?.labels.map(({ label, queryCount: count }) => [label, count]) ?? [];
  return JSON.stringify([queryCount, details?.labelCount, labels.sort()]);
}

function wordsOf({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}
