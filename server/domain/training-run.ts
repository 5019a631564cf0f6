import type { Hyperparameters } from './architecture.js';
import type { ErrorCode } from './errors.js';
import type { BlobId } from './image.js';
import type { InputSpec } from './model.js';
import type { RunOrigin } from './run-origin.js';
import type { ValidationScore } from './validation.js';

/**
 * QUEUED waits for a trainer; RUNNING has one; INTERRUPTED lost its trainer and waits to go on from
 * its checkpoint; the others have ended.
 */
export const RUN_STATUSES = [
  'QUEUED',
  'RUNNING',
  'INTERRUPTED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What a running trainer is busy with, in this order. */
export type RunPhase = 'LOADING' | 'TRAINING' | 'EMBEDDING' | 'INDEXING' | 'EVALUATING';

/**
 * Why its sweep stopped a run. LAGGING: its scores lay behind those of the others. BUDGET: the time of the
 * sweep was used up.
 */
export const STOP_REASONS = ['LAGGING', 'BUDGET'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

export interface RunFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** One training of an architecture on a dataset. The table of runs is also the queue. */
export interface TrainingRun {
  readonly id: number;
  readonly datasetId: number;
  readonly architecture: string;
  readonly hyperparameters: Hyperparameters;
  /** What its network is fed; null lets the trainer propose it from the images. */
  readonly input: InputSpec | null;
  readonly status: RunStatus;
  readonly phase: RunPhase | null;
  /** 0 to 1, of the current phase. */
  readonly phaseProgress: number;
  /** Epochs that are done and checkpointed. */
  readonly epochsDone: number;
  readonly failure: RunFailure | null;
  /** How often a trainer has claimed it since it last finished an epoch. */
  readonly attempts: number;
  readonly cancelRequested: boolean;
  readonly modelId: number | null;
  /** The sweep that it is a setting of; null where somebody started it alone. */
  readonly sweepId: number | null;
  /** Whether its sweep may stop it; not one that somebody has resumed by hand. */
  readonly followsSweep: boolean;
  /** Null unless its sweep has stopped it. */
  readonly stopReason: StopReason | null;
  /** For how long trainers have worked on it; neither in the queue nor while its trainer was dead. */
  readonly workedSeconds: number;
  /** The request that put it into the queue, the last time; null where the server did by itself. */
  readonly origin: RunOrigin | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** One pass over the training images. Numbered from 1. */
export interface Epoch {
  readonly runId: number;
  readonly epoch: number;
  /** See `loss` of the architecture. */
  readonly loss: number;
  readonly seconds: number;
  readonly finishedAt: Date;
  /** Null where nothing could be measured, and of epochs from before there was one. */
  readonly validation: ValidationScore | null;
}

/** How the network of one epoch redraws one probe image; `blobId` is a PNG. */
export interface EpochReconstruction {
  readonly runId: number;
  readonly epoch: number;
  readonly imageId: number;
  readonly blobId: BlobId;
}

/** The nearest images of one probe image, as the network of one epoch sees them; nearest first. */
export interface EpochNeighbours {
  readonly runId: number;
  readonly epoch: number;
  readonly imageId: number;
  readonly neighbourIds: readonly number[];
}

export interface RunLogLine {
  readonly runId: number;
  readonly line: number;
  readonly at: Date;
  readonly message: string;
}

/** The state a run can go on from: weights, optimiser state and the last finished epoch. */
export interface Checkpoint {
  readonly runId: number;
  readonly epoch: number;
  readonly blobId: BlobId;
}

/** A trainer's right to work on a run; every write of the trainer shows it. */
export interface Lease {
  readonly runId: number;
  readonly token: string;
}

export function hasEnded(status: RunStatus): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';
}

export function isResumable(status: RunStatus): boolean {
  return status === 'FAILED' || status === 'CANCELLED' || status === 'INTERRUPTED';
}

/**
 * Seconds until the last epoch is done, from the median of the last five epochs; null before the first is
 * done. The median, for the first epoch after each start is longer by what there is to prepare.
 */
export function secondsLeft(
  epochs: readonly Epoch[],
  epochCount: number,
  phaseProgress: number,
): number | null {
  const recent = epochs.slice(-5).map(({ seconds }) => seconds);
  // Of two, the shorter: the first may be that longer one.
  const median = recent.toSorted((a, b) => a - b)[Math.floor((recent.length - 1) / 2)];
  if (median === undefined) return null;
  const fraction = epochs.length < epochCount ? phaseProgress * epochCount : epochCount;
  return Math.max(0, epochCount - Math.max(epochs.length, fraction)) * median;
}
