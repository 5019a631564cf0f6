import type { Hyperparameters } from './architecture.js';
import type { InputSpec } from './model.js';
import { hasEnded, type TrainingRun } from './training-run.js';

/** How values are spread over a range: evenly, or so that each doubling gets the same share. */
export const RANGE_SCALES = ['LINEAR', 'LOG'] as const;
export type RangeScale = (typeof RANGE_SCALES)[number];

/** All values from `low` to `high`, both among them; whole numbers where the dial takes only these. */
export interface DialRange {
  readonly low: number;
  readonly high: number;
  readonly scale: RangeScale;
}

/** A dial that differs among the settings of a sweep: a list of values or a range. */
export type SweptDial =
  | { readonly name: string; readonly values: readonly number[]; readonly range: null }
  | { readonly name: string; readonly values: null; readonly range: DialRange };

/** Several settings of an architecture, tried one after another: each is a training run. */
export interface Sweep {
  readonly id: number;
  readonly datasetId: number;
  readonly architecture: string;
  /** What all settings have in common; of a dial that is swept, what it would have been. */
  readonly hyperparameters: Hyperparameters;
  readonly dials: readonly SweptDial[];
  readonly input: InputSpec;
  /** For how long trainers may work on its runs, all together. */
  readonly budgetSeconds: number;
  /** Which settings are drawn, and in which order they are tried. */
  readonly seed: number;
  readonly createdAt: Date;
}

/** Where a sweep stands, which follows from its runs. */
export const SWEEP_STATUSES = ['RUNNING', 'FINISHED', 'BUDGET_USED', 'CANCELLED'] as const;
export type SweepStatus = (typeof SWEEP_STATUSES)[number];

/** The fewest and the most settings of a sweep. */
export const SETTING_COUNTS = { min: 2, max: 50 } as const;
export const BUDGET_SECONDS = { min: 1, max: 7 * 24 * 3600 } as const;
/** Dials at once: with more, 50 settings tell little of each. */
export const MOST_DIALS = 8;

/**
 * Share of the training images that a sweep holds out where nothing else is said. Its settings are
 * ranked by them, never by the TEST split: chosen by that, the best one would look better than it is.
 */
export const SWEEP_VALIDATION_SHARE = 0.1;

export function sweepStatus(
  runs: readonly Pick<TrainingRun, 'status' | 'stopReason'>[],
): SweepStatus {
  if (runs.some(({ status }) => !hasEnded(status))) return 'RUNNING';
  if (runs.some(({ stopReason }) => stopReason === 'BUDGET')) return 'BUDGET_USED';
  const isCancelled = ({ status, stopReason }: (typeof runs)[number]) =>
    status === 'CANCELLED' && stopReason === null;
  return runs.some(isCancelled) ? 'CANCELLED' : 'FINISHED';
}

/** How much of its budget a sweep has used. */
export function usedSeconds(runs: readonly Pick<TrainingRun, 'workedSeconds'>[]): number {
  return runs.reduce((sum, { workedSeconds }) => sum + workedSeconds, 0);
}
