import type { ErrorCode } from './errors.js';

/** The part of a dataset an image belongs to: TRAIN is learned from, TEST is held out. */
export const SPLITS = ['TRAIN', 'TEST'] as const;
export type Split = (typeof SPLITS)[number];

export function otherSplit(split: Split): Split {
  return split === 'TRAIN' ? 'TEST' : 'TRAIN';
}

export type DatasetStatus = 'IMPORTING' | 'READY' | 'FAILED' | 'DELETING';

/** A named set of images. */
export interface Dataset {
  readonly id: number;
  /** Unique, lower case, fit for a URL: `fashion-mnist`. */
  readonly name: string;
  readonly title: string;
  readonly status: DatasetStatus;
  readonly importedCount: number;
  /** How many images the import will have brought in; 0 until that is known. */
  readonly expectedCount: number;
  /** Why the import failed, in words; null unless the status is FAILED. */
  readonly importError: string | null;
  readonly activeModelId: number | null;
  /** Whether the run that a new data directory starts with has been queued, once and for all. */
  readonly firstRunQueued: boolean;
  readonly createdAt: Date;
}

/** How many images of a split bear a label. A null label counts the unlabelled ones. */
export interface LabelCount {
  readonly label: string | null;
  readonly split: Split;
  readonly count: number;
}

/** A file that an import did not take, and why. A later import that takes it forgets this. */
export interface Refusal {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly at: Date;
}
