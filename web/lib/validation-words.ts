import type { ValidationMeasure } from '../gql/graphql';
import { formatCount } from './format';

interface Score {
  readonly measure: ValidationMeasure;
  readonly queryCount: number;
  readonly baseCount: number;
  readonly seenInTraining: boolean;
}

export const MEASURE_NAMES: Record<ValidationMeasure, string> = {
  PRECISION_AT_10: 'P@10',
  OWN_COPIES: 'Own copies',
};

/** What a validation score is, and of which images. */
export function validationWords(score: Score): string {
  const { measure, seenInTraining } = score;
  const [queries, base] = [formatCount(score.queryCount), formatCount(score.baseCount)];
  const whose = seenInTraining ? 'that it learns from' : 'held out from training';
  const what =
    measure === 'PRECISION_AT_10'
      ? `Share of the 10 nearest that bear the label, of ${queries} TRAIN images ${whose}, in a sample of ${base} others.`
      : `Share of altered copies that find their original first: ${queries} TRAIN images ${whose}, in a sample of ${base} others.`;
  return seenInTraining
    ? `${what} As it has seen them, the score flatters; with a validation share it does not.`
    : what;
}

interface Stopped {
  readonly stoppedEarly: boolean;
  readonly epochsDone: number;
  readonly epochCount: number;
  readonly bestEpoch?: number | null;
}

/** `Stopped early after epoch 12 of 20; the best was epoch 9`, or null where it did not. */
export function earlyStopWords(run: Stopped): string | null {
  if (!run.stoppedEarly) return null;
  const stopped = `Stopped early after epoch ${run.epochsDone} of ${run.epochCount}`;
  return run.bestEpoch ? `${stopped}; the best was epoch ${run.bestEpoch}` : stopped;
}
