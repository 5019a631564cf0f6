import { epochCount } from './architecture.js';
import type { Estimate } from './evaluation.js';
import type { TrainingRun } from './training-run.js';
import { bestEpoch, patienceOf, type ScoredEpoch, type ValidationScore } from './validation.js';

/** A setting of a sweep: its run with what was measured of its epochs. */
export interface ScoredRun {
  readonly run: TrainingRun;
  readonly epochs: readonly ScoredEpoch[];
}

/** A setting where it stands among the others. */
export interface RankedRun {
  readonly run: TrainingRun;
  /** From 1; null where it has no score that compares with the others'. */
  readonly rank: number | null;
  /** Of the weights that are, or would be, its model. */
  readonly score: ValidationScore | null;
}

/** How far a run lies behind the others. */
export interface Lag {
  readonly score: number;
  readonly median: number;
  /** Runs that the median is of. */
  readonly others: number;
}

/** So many others must have got as far before a run is held against them. */
const LEAST_OTHERS = 2;
/** A run is let alone in its first epochs: in so many, and in this share of them. */
const FIRST_EPOCHS = 2;
const FIRST_SHARE = 0.25;
/** Standard errors on either side of a 95 % interval. */
const DEVIATIONS = 1.96;

/**
 * The settings, the best first: by the validation score of the epoch whose weights are the model, which is
 * the best epoch with patience, and the last one without. Those without a score that compares come last.
 * @param runs in the order in which they are tried; of equal scores the first is the better
 */
export function rankedRuns(runs: readonly ScoredRun[]): RankedRun[] {
  const scored = runs.map((each) => ({ run: each.run, score: modelScore(each) }));
  const standard = scored.findLast(({ score }) => score)?.score ?? null;
  const isRanked = ({ score }: (typeof scored)[number]) => compares(score, standard);
  const inOrder = scored
    .filter(isRanked)
    .sort((a, b) => (b.score?.value ?? 0) - (a.score?.value ?? 0));
  const others = scored.filter((each) => !isRanked(each));
  return [
    ...inOrder.map((each, place) => ({ ...each, rank: place + 1 })),
    ...others.map((each) => ({ ...each, rank: null })),
  ];
}

/**
 * Whether a run lags, by the median rule of Google Vizier (Golovin et al., KDD 2017): its best score so far
 * lies below the median of what the others had at the same epoch. Of the others too it is the best score up
 * to that epoch, where Vizier takes the mean. It is only held against runs of as many epochs, for learning
 * rates follow a schedule over all of them. It follows from the finished epochs alone, so that a run which
 * goes on from its checkpoint is judged as one that was never interrupted. Null where it does not lag.
 */
export function lagOf({ run, epochs }: ScoredRun, others: readonly ScoredRun[]): Lag | null {
  const last = epochs.at(-1);
  const length = epochCount(run.hyperparameters);
  if (!last || last.epoch < Math.max(FIRST_EPOCHS, Math.ceil(FIRST_SHARE * length))) return null;
  const bestSoFar = (scored: readonly ScoredEpoch[]) => {
    const values = scored.flatMap(({ epoch, validation }) =>
      epoch <= last.epoch && validation && compares(validation, last.validation)
        ? [validation.value]
        : [],
    );
    return values.length === 0 ? null : Math.max(...values);
  };
  const score = bestSoFar(epochs);
  const scores = others.flatMap((other) => {
    if (other.run.id === run.id || epochCount(other.run.hyperparameters) !== length) return [];
    // One that has stopped early would not have got better.
    const got = other.run.status === 'SUCCEEDED' || (other.epochs.at(-1)?.epoch ?? 0) >= last.epoch;
    return (got ? bestSoFar(other.epochs) : null) ?? [];
  });
  if (score === null || scores.length < LEAST_OTHERS) return null;
  const median = medianOf(scores);
  return score < median ? { score, median, others: scores.length } : null;
}

/**
 * A 95 % interval of a validation score that is wide enough whatever the queries' own scores were. A number
 * between 0 and 1 with the mean p has a variance of at most p (1 - p) (Bhatia, Davis: A Better Bound on the
 * Variance, American Mathematical Monthly 2000); the mean of n such has that divided by n.
 */
export function validationEstimate({ value, queryCount }: ValidationScore): Estimate {
  const reach = DEVIATIONS * Math.sqrt((value * (1 - value)) / Math.max(1, queryCount));
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}

function modelScore({ run, epochs }: ScoredRun): ValidationScore | null {
  const best = bestEpoch(epochs);
  const chosen =
    patienceOf(run.hyperparameters) > 0
      ? epochs.find(({ epoch }) => epoch === best)
      : epochs.findLast(({ validation }) => validation);
  return chosen?.validation ?? null;
}

function compares(one: ValidationScore | null, other: ValidationScore | null): boolean {
  if (!one || !other) return false;
  return one.measure === other.measure && one.seenInTraining === other.seenInTraining;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
