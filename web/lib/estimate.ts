import { formatScore } from './format';
import type { ScoreName } from './score-words';

/** A mean with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Scores {
  readonly precisionAt1: Estimate;
  readonly precisionAt10: Estimate;
  readonly meanAveragePrecisionAt100: Estimate;
  readonly accuracyAt10: Estimate;
}

/** What is known of a score: of the model, and of each baseline that has it. */
export interface ScoreRow {
  readonly name: ScoreName;
  readonly estimate: Estimate;
  readonly baselines: readonly { readonly name: string; readonly estimate: Estimate }[];
}

interface Measured {
  readonly scores?: Scores | null;
  readonly recallAt10?: Estimate | null;
  readonly ownCopies?: Estimate | null;
  readonly baselines: readonly { readonly name: string; readonly scores: Scores }[];
}

const OF_NEIGHBOURS: readonly (readonly [ScoreName, keyof Scores])[] = [
  ['P@1', 'precisionAt1'],
  ['P@10', 'precisionAt10'],
  ['mAP@100', 'meanAveragePrecisionAt100'],
  ['10-NN accuracy', 'accuracyAt10'],
];

/** The scores that were measured, in the order they are shown. */
export function scoreRows({ scores, recallAt10, ownCopies, baselines }: Measured): ScoreRow[] {
  const rows = OF_NEIGHBOURS.flatMap(([name, key]) => {
    if (!scores) return [];
    const others = baselines.map((baseline) => ({
      name: baseline.name,
      estimate: baseline.scores[key],
    }));
    return [{ name, estimate: scores[key], baselines: others }];
  });
  const alone = (name: ScoreName, estimate: Estimate | null | undefined) =>
    estimate ? [{ name, estimate, baselines: [] }] : [];
  return [...rows, ...alone('Recall@10', recallAt10), ...alone('Own copies', ownCopies)];
}

/**
 * What two models are compared by, as the server does it: P@10, or where not both have that, own copies.
 * Null where they share neither.
 */
export function sharedMeasure(
  one:
    | (Omit<Measured, 'baselines' | 'scores'> & {
        readonly scores?: Pick<Scores, 'precisionAt10'> | null;
      })
    | null
    | undefined,
  other: typeof one,
): { readonly name: ScoreName; readonly one: Estimate; readonly other: Estimate } | null {
  if (one?.scores && other?.scores) {
    return { name: 'P@10', one: one.scores.precisionAt10, other: other.scores.precisionAt10 };
  }
  if (!one?.ownCopies || !other?.ownCopies) return null;
  return { name: 'Own copies', one: one.ownCopies, other: other.ownCopies };
}

/** `0.799 to 0.813` */
export function formatInterval({ low, high }: Estimate): string {
  return `${formatScore(low)} to ${formatScore(high)}`;
}

/** The range of an axis for these: from a round tenth below the least, up to 1. */
export function scoreRange(rows: readonly Omit<ScoreRow, 'name'>[]): readonly [number, number] {
  const lows = rows.flatMap(({ estimate, baselines }) => [
    estimate.low,
    ...baselines.map((baseline) => baseline.estimate.low),
  ]);
  // A tenth times ten is not whole: 0.7 * 10 is, 0.07 * 100 is not.
  const least = Math.floor(Math.min(1, ...lows) * 10 - 1e-9) / 10;
  return [Math.min(0.9, Math.max(0, least)), 1];
}
