import type { ScoredRun } from '../domain/sweep-ranking.js';
import type { Sweeps } from '../ports/sweeps.js';
import type { TrainingRuns } from '../ports/training-runs.js';

/** The runs of a sweep with the epochs that they have finished. */
export async function scoredRunsOf(
  sweeps: Pick<Sweeps, 'runs'>,
  runs: Pick<TrainingRuns, 'epochs'>,
  sweepId: number,
): Promise<ScoredRun[]> {
  const scored: ScoredRun[] = [];
  for (const run of await sweeps.runs(sweepId)) {
    scored.push({ run, epochs: run.epochsDone === 0 ? [] : await runs.epochs(run.id, 0) });
  }
  return scored;
}
