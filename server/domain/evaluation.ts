/** A mean with its 95 % bootstrap interval: where it would lie with other images of the same kind. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How good the rankings of an exact search are, as means over queries. */
export interface NeighbourScores {
  /** Share of queries whose nearest image bears their label. */
  readonly precisionAt1: Estimate;
  /** Mean share of a query's 10 nearest that bear its label. */
  readonly precisionAt10: Estimate;
  /** Mean average precision over the first 100 places of the ranking. */
  readonly meanAveragePrecisionAt100: Estimate;
  /** Share of queries whose label is told by the vote of their 10 nearest. */
  readonly accuracyAt10: Estimate;
}

export interface LabelShare {
  /** Null stands for images without a label. */
  readonly label: string | null;
  /** Of the neighbours, 0 to 1. */
  readonly share: number;
}

/** How the queries with one label fare: a row of the confusion of neighbours. */
export interface LabelScores {
  readonly label: string;
  readonly queryCount: number;
  readonly precisionAt10: Estimate;
  /** Other labels among their 10 nearest, most frequent first. */
  readonly mistakenFor: readonly LabelShare[];
}

/** A query among those with the worst rankings, its labels as they were when it was measured. */
export interface WorstQuery {
  readonly imageId: number;
  readonly label: string;
  readonly precisionAt10: number;
  /** Its 10 nearest, nearest first. */
  readonly neighbours: readonly { readonly imageId: number; readonly label: string | null }[];
}

/** A plain way to compare pictures, measured on some of the same queries. */
export interface Baseline {
  readonly name: string;
  readonly scores: NeighbourScores;
}

/** As many labels are told of, those with the most queries. */
export const MAX_LABELS = 200;
/** With at most so many labels a row of the confusion is whole. */
export const WHOLE_CONFUSION_LABELS = 30;
/** With more labels, as many others are told of each. */
export const MAX_MISTAKES = 5;
export const MAX_WORST_QUERIES = 24;

/** What is measured beside the plain numbers; what could not be measured is null or empty. */
export interface EvaluationDetails {
  /** Null where no held-out image bears a label. */
  readonly scores: NeighbourScores | null;
  /** P@10 with the index's answers in place of the exact ones. */
  readonly precisionAt10Index: Estimate | null;
  readonly recallAt10: Estimate | null;
  /** Labels that queries bear, told of or not. */
  readonly labelCount: number;
  /** Up to MAX_LABELS, those with the most queries first. */
  readonly labels: readonly LabelScores[];
  /** Up to MAX_WORST_QUERIES, the worst first; empty for a model that came in a bundle. */
  readonly worstQueries: readonly WorstQuery[];
  readonly baselines: readonly Baseline[];
  /** Mean squared error of held-out pictures as the model redraws them, pixels scaled to 0..1. */
  readonly reconstructionError: Estimate | null;
  /** Share of altered copies of held-out images whose original is the first that is found. */
  readonly ownCopies: Estimate | null;
  /** Copies that were made; one of each of so many images. */
  readonly ownCopyCount: number;
}

/** How good a model is, measured on the held-out TEST split when its run ended. */
export interface Evaluation {
  /** Test images that were used as queries for precision; 0 when there is no TEST split. */
  readonly queryCount: number;
  /** Mean share of a query's 10 nearest TRAIN images (exact search) that bear its label. */
  readonly precisionAt10Exact: number | null;
  /** The same with the index's answers. */
  readonly precisionAt10Index: number | null;
  /** Queries that recall was measured on. */
  readonly recallQueryCount: number;
  /** Mean share of the exact 10 nearest that the index returns. */
  readonly recallAt10: number | null;
  /** Of one picture of the TEST split on average, as the architecture counts it. */
  readonly testLoss: number | null;
  /** Null for models from before there were any. */
  readonly details: EvaluationDetails | null;
}
