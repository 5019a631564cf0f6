import { wordsOfComparison, type ModelComparison } from './model-choice.js';

/** By what a model became active: the end of its run, a bundle, somebody's hand, or going back. */
export const ACTIVATION_CAUSES = ['RUN', 'BUNDLE', 'HAND', 'ROLL_BACK'] as const;
export type ActivationCause = (typeof ACTIVATION_CAUSES)[number];

/** That a model became the active one of its dataset: a line of the dataset's history. */
export interface ModelActivation {
  readonly datasetId: number;
  /** It may have been deleted since. */
  readonly modelId: number;
  /** The one that was active until then; null where there was none. */
  readonly previousModelId: number | null;
  readonly cause: ActivationCause;
  /** Whether the activation was not to be refused for a worse model. */
  readonly forced: boolean;
  readonly at: Date;
}

/** How a model compares with the one that was active when both were measured. */
export interface MeasuredComparison {
  readonly activeModelId: number;
  readonly comparison: ModelComparison | null;
}

/** What became of the wish to activate a model. */
export interface ActivationOutcome {
  /** Whether it is the active one now. */
  readonly isActive: boolean;
  /** The one that was active before; null where there was none. */
  readonly previousModelId: number | null;
  /** With that one; null where the two cannot be compared, or are one. */
  readonly comparison: ModelComparison | null;
}

/**
 * The model that rolling back activates; null where there is none. Rolling back undoes: after the models
 * A, B and C, it goes back to B, once more to A, and never forward again to C. A model that becomes active
 * in another way is what is undone next. Models that are gone are passed over.
 * @param activations of one dataset, the oldest first
 * @param isThere whether a model has not been deleted
 */
export function modelToRollBackTo(
  activations: readonly Pick<ModelActivation, 'modelId' | 'cause'>[],
  isThere: (modelId: number) => boolean,
): number | null {
  const standing: number[] = [];
  for (const { modelId, cause } of activations) {
    if (cause === 'ROLL_BACK') standing.length = standing.lastIndexOf(modelId, -2) + 1;
    else standing.push(modelId);
  }
  const active = standing.pop();
  return standing.findLast((modelId) => modelId !== active && isThere(modelId)) ?? null;
}

/** What the log of a run says of its model at the end. @param outcome null for the model of a sweep */
export function wordsOfOutcome(
  { id }: { readonly id: number },
  outcome: ActivationOutcome | null,
): string {
  if (!outcome) return `model ${id} is one of a sweep: activate it by hand if you want it`;
  const { isActive, previousModelId, comparison } = outcome;
  if (!isActive) {
    return `model ${id} is not active: it is worse than ${wordsOfActive(outcome)}; activate it by hand if you want it all the same`;
  }
  if (previousModelId === null) return `model ${id} is active`;
  const words = comparison ? wordsOfComparison(comparison) : 'the two cannot be compared';
  return `model ${id} is active in place of model ${previousModelId}: ${words}`;
}

/** The active model that another one was held against, with what both measured. */
export function wordsOfActive({ previousModelId, comparison }: ActivationOutcome): string {
  const words = comparison ? `: ${wordsOfComparison(comparison)}` : '';
  return `the active model ${previousModelId}${words}`;
}
