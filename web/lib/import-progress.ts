import type { ImportRefusal } from './import-files';
import type { Pace } from './import-pace';
import type { PlannedFile } from './import-plan';

export interface ImportJob {
  readonly dataset: { readonly id: string; readonly title: string };
  readonly files: readonly PlannedFile[];
  /** Files that need not be sent. */
  readonly refusals: readonly ImportRefusal[];
}

export interface FileOutcome {
  readonly name: string;
  readonly outcome: 'ADDED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  readonly refusal?: { readonly code: string; readonly message: string } | null;
}

/** STOPPING: what is under way is waited for. PAUSED: somebody paused it, or `trouble` did. */
export type ImportPhase = 'RUNNING' | 'PAUSED' | 'STOPPING' | 'STOPPED' | 'DONE' | 'FAILED';

/** How far an import is. */
export interface ImportProgress {
  readonly phase: ImportPhase;
  readonly dataset: ImportJob['dataset'];
  readonly total: number;
  readonly done: number;
  readonly totalBytes: number;
  readonly doneBytes: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  /** What it waits for, or what ended it. */
  readonly trouble: { readonly code: string; readonly message: string } | null;
  readonly pace: Pace | null;
  readonly secondsLeft: number | null;
}

/** Before the first file is sent. */
export function firstProgress({ dataset, files, refusals }: ImportJob): ImportProgress {
  return {
    phase: 'RUNNING',
    dataset,
    total: files.length + refusals.length,
    done: refusals.length,
    totalBytes: files.reduce((sum, { size }) => sum + size, 0),
    doneBytes: 0,
    added: 0,
    updated: 0,
    unchanged: 0,
    refused: refusals.length,
    trouble: null,
    pace: null,
    secondsLeft: null,
  };
}

/** The progress once these files have been answered for. */
export function progressAfter(
  progress: ImportProgress,
  files: readonly { readonly size: number }[],
  outcomes: readonly FileOutcome[],
): ImportProgress {
  const count = (wanted: FileOutcome['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    ...progress,
    done: progress.done + files.length,
    doneBytes: progress.doneBytes + files.reduce((sum, { size }) => sum + size, 0),
    added: progress.added + count('ADDED'),
    updated: progress.updated + count('UPDATED'),
    unchanged: progress.unchanged + count('UNCHANGED'),
    refused: progress.refused + count('REFUSED'),
  };
}

export function isOver(phase: ImportPhase): boolean {
  return phase === 'DONE' || phase === 'STOPPED' || phase === 'FAILED';
}
