import type { RunPhase, RunStatus } from '../gql/graphql';

/** The statuses and phases of a run in words. */

export const STATUS_WORDS: Record<RunStatus, string> = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
  INTERRUPTED: 'Interrupted',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
};

export const PHASE_WORDS: Record<RunPhase, string> = {
  LOADING: 'Loading the images',
  TRAINING: 'Training',
  EMBEDDING: 'Computing embeddings',
  INDEXING: 'Building the indexes',
  EVALUATING: 'Evaluating',
};

/** The phases in their order. */
export const PHASES: readonly RunPhase[] = [
  'LOADING',
  'TRAINING',
  'EMBEDDING',
  'INDEXING',
  'EVALUATING',
];

export function hasEnded(status: RunStatus): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';
}

interface Going {
  readonly id: string;
  readonly status: RunStatus;
  readonly phase?: RunPhase | null;
  readonly epochsDone: number;
  readonly epochCount: number;
}

/** `Run 1 · epoch 7/20` */
export function runSummary(run: Going): string {
  if (run.status !== 'RUNNING') return `Run ${run.id} · ${STATUS_WORDS[run.status].toLowerCase()}`;
  if (run.phase === 'TRAINING' || !run.phase) {
    const current = Math.min(run.epochsDone + 1, run.epochCount);
    return `Run ${run.id} · epoch ${current}/${run.epochCount}`;
  }
  return `Run ${run.id} · ${PHASE_WORDS[run.phase].toLowerCase()}`;
}
