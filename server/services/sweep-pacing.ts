import { usedSeconds } from '../domain/sweep.js';
import { lagOf, rankedRuns, type Lag } from '../domain/sweep-ranking.js';
import type { StopReason, TrainingRun } from '../domain/training-run.js';
import type { ScoredEpoch } from '../domain/validation.js';
import type { Sweeps } from '../ports/sweeps.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import { scoredRunsOf } from './scored-runs.js';

/** That a sweep lets one of its runs train no further, and why. */
export interface SweepVerdict {
  readonly reason: StopReason;
  /** For the log of the run. */
  readonly message: string;
}

/** Decides for a trainer how far the runs of sweeps go. Runs of none go as far as they like. */
export class SweepPacing {
  constructor(
    private readonly sweeps: Sweeps,
    private readonly runs: TrainingRuns,
  ) {}

  /** Whether the run is of a sweep whose time is used up. */
  async isBudgetUsed({ sweepId, followsSweep }: TrainingRun): Promise<boolean> {
    if (sweepId === null || !followsSweep) return false;
    const sweep = await this.sweeps.byId(sweepId);
    return sweep !== null && usedSeconds(await this.sweeps.runs(sweepId)) >= sweep.budgetSeconds;
  }

  /**
   * Whether the run is to stop after the epochs that it has finished; null where it is to go on. One that
   * has begun finishes an epoch at least.
   */
  async verdict(run: TrainingRun, finished: readonly ScoredEpoch[]): Promise<SweepVerdict | null> {
    if (run.sweepId === null || !run.followsSweep || finished.length === 0) return null;
    if (await this.isBudgetUsed(run)) {
      return { reason: 'BUDGET', message: 'the time of its sweep is used up' };
    }
    const lag = lagOf(
      { run, epochs: finished },
      await scoredRunsOf(this.sweeps, this.runs, run.sweepId),
    );
    return lag && { reason: 'LAGGING', message: wordsOf(lag) };
  }

  /**
   * Whether none of the sweep's other runs has a better score, as far as they have got. A run without a
   * score is only the best while no other has left a model.
   */
  async isBest({ id, sweepId }: TrainingRun): Promise<boolean> {
    if (sweepId === null) return true;
    const scored = await scoredRunsOf(this.sweeps, this.runs, sweepId);
    const [first] = rankedRuns(scored);
    if (first?.score) return first.run.id === id;
    return scored.every(({ run }) => run.modelId === null);
  }
}

function wordsOf({ score, median, others }: Lag): string {
  const [ours, theirs] = [score, median].map((value) => value.toFixed(4));
  return `its best score, ${ours}, lies below ${theirs}, the median of ${others} others at this epoch`;
}
