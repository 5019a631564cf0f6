import { describe, expect, it } from 'vitest';
import { sweepStatus, usedSeconds } from '../../../server/domain/sweep.js';
import {
  lagOf,
  rankedRuns,
  validationEstimate,
  type ScoredRun,
} from '../../../server/domain/sweep-ranking.js';
import type { RunStatus, TrainingRun } from '../../../server/domain/training-run.js';
import type { ValidationScore } from '../../../server/domain/validation.js';

function scoreOf(value: number, changes: Partial<ValidationScore> = {}): ValidationScore {
  return {
    ...{ measure: 'PRECISION_AT_10' as const, value, queryCount: 100, baseCount: 1000 },
    ...{ seenInTraining: false, ...changes },
  };
}

function runOf(id: number, changes: Partial<TrainingRun> = {}): TrainingRun {
  return {
    ...{ id, datasetId: 1, architecture: 'conv-autoencoder', hyperparameters: { epochs: 8 } },
    ...{ input: null, status: 'SUCCEEDED' as const, phase: null, phaseProgress: 0, epochsDone: 0 },
    ...{ failure: null, attempts: 0, cancelRequested: false, modelId: null, sweepId: 1 },
    ...{ followsSweep: true, stopReason: null, workedSeconds: 0, createdAt: new Date(0) },
    ...{ startedAt: null, finishedAt: null, origin: null, ...changes },
  };
}

function scored(
  id: number,
  values: readonly (number | null)[],
  changes: Partial<TrainingRun> = {},
): ScoredRun {
  const epochs = values.map((value, place) => ({
    epoch: place + 1,
    validation: value === null ? null : scoreOf(value),
  }));
  return { run: runOf(id, changes), epochs };
}

const order = (runs: readonly ScoredRun[]) =>
  rankedRuns(runs).map(({ run, rank, score }) => [run.id, rank, score?.value]);

describe('the ranking', () => {
  it('goes by the last epoch, with patience by the best one, and leaves out what has no score', () => {
    const patient = { hyperparameters: { epochs: 8, patience: 2 } };
    const runs = [
      scored(1, [0.9, 0.5]),
      scored(2, [0.6, 0.4], patient),
      scored(3, []),
      scored(4, [0.2, 0.7]),
      scored(5, [null]),
    ];
    expect(order(runs)).toEqual([
      [4, 1, 0.7],
      [2, 2, 0.6],
      [1, 3, 0.5],
      [3, null, undefined],
      [5, null, undefined],
    ]);
  });

  it('puts the one first that was tried first where scores are equal', () => {
    expect(order([scored(1, [0.5]), scored(2, [0.5])]).map(([id]) => id)).toEqual([1, 2]);
  });

  it('does not compare scores of another measure than the newest', () => {
    const copies = { measure: 'OWN_COPIES' as const };
    const old: ScoredRun = {
      run: runOf(1),
      epochs: [{ epoch: 1, validation: scoreOf(1, copies) }],
    };
    expect(order([old, scored(2, [0.3]), scored(3, [0.4])])).toEqual([
      [3, 1, 0.4],
      [2, 2, 0.3],
      [1, null, 1],
    ]);
  });
});

describe('a run lags', () => {
  const others = [
    scored(1, [0.3, 0.5, 0.9]),
    scored(2, [0.4, 0.6, 0.8]),
    scored(3, [0.2, 0.7, 0.7]),
  ];

  it('when its best score so far lies below the median of the others at the same epoch', () => {
    expect(lagOf(scored(4, [0.55, 0.5]), others)).toEqual({ score: 0.55, median: 0.6, others: 3 });
    expect(lagOf(scored(4, [0.2, 0.6]), others)).toBeNull();
    expect(lagOf(scored(4, [0.65, 0.1]), others)).toBeNull();
    expect(lagOf(scored(4, [0.65, 0.7, 0.7]), others)).toMatchObject({ median: 0.8 });
  });

  it('not in its first epochs: neither before the second, nor before a quarter of them', () => {
    expect(lagOf(scored(4, [0]), others)).toBeNull();
    const long = { hyperparameters: { epochs: 12 } };
    const longer = others.map(({ run, epochs }) => ({ run: { ...run, ...long }, epochs }));
    expect(lagOf(scored(4, [0, 0], long), longer)).toBeNull();
    expect(lagOf(scored(4, [0, 0, 0], long), longer)).not.toBeNull();
  });

  it('not while fewer than two others have got as far, unless these have ended well', () => {
    const [one, two] = [scored(1, [0.5, 0.5]), scored(2, [0.5], { status: 'CANCELLED' })];
    expect(lagOf(scored(4, [0, 0]), [one, two])).toBeNull();
    const ended = scored(2, [0.5], { status: 'SUCCEEDED' });
    expect(lagOf(scored(4, [0, 0]), [one, ended])).toMatchObject({ others: 2 });
  });

  it('not behind itself, runs of other lengths, nor scores of another measure', () => {
    const run = scored(4, [0, 0]);
    expect(lagOf(run, [run, ...others.slice(0, 1)])).toBeNull();
    const shorter = others.map(({ run: each, epochs }) => {
      return { run: { ...each, hyperparameters: { epochs: 3 } }, epochs };
    });
    expect(lagOf(run, shorter)).toBeNull();
    const seen = others.map(({ run: each, epochs }) => ({
      run: each,
      epochs: epochs.map(({ epoch }) => {
        return { epoch, validation: scoreOf(1, { seenInTraining: true }) };
      }),
    }));
    expect(lagOf(run, seen)).toBeNull();
  });

  it('of an even number behind the middle of the two in the middle', () => {
    const two = [scored(1, [0.25, 0.25]), scored(2, [0.75, 0.75])];
    expect(lagOf(scored(4, [0.4, 0.4]), two)).toEqual({ score: 0.4, median: 0.5, others: 2 });
    expect(lagOf(scored(4, [0.5, 0.5]), two)).toBeNull();
  });
});

it('the interval of a score holds what 0 and 1 would give, and stays within them', () => {
  const { low, high } = validationEstimate(scoreOf(0.5));
  expect(high - 0.5).toBeCloseTo(1.96 * 0.05, 10);
  expect(0.5 - low).toBeCloseTo(1.96 * 0.05, 10);
  expect(validationEstimate(scoreOf(1))).toEqual({ value: 1, low: 1, high: 1 });
  expect(validationEstimate(scoreOf(0.01, { queryCount: 4 })).low).toBe(0);
});

describe('where a sweep stands follows from its runs', () => {
  const withStatus = (status: RunStatus, stopReason: TrainingRun['stopReason'] = null) => ({
    status,
    stopReason,
  });

  it.each([
    ['RUNNING', [withStatus('SUCCEEDED'), withStatus('QUEUED')]],
    ['RUNNING', [withStatus('CANCELLED', 'BUDGET'), withStatus('RUNNING')]],
    ['FINISHED', [withStatus('SUCCEEDED'), withStatus('CANCELLED', 'LAGGING')]],
    ['FINISHED', [withStatus('FAILED')]],
    ['BUDGET_USED', [withStatus('SUCCEEDED', 'BUDGET'), withStatus('SUCCEEDED')]],
    ['BUDGET_USED', [withStatus('CANCELLED'), withStatus('CANCELLED', 'BUDGET')]],
    ['CANCELLED', [withStatus('SUCCEEDED'), withStatus('CANCELLED')]],
  ] as const)('%s', (status, runs) => {
    expect(sweepStatus(runs)).toBe(status);
  });

  it('and so does what it has used of its time', () => {
    expect(usedSeconds([runOf(1, { workedSeconds: 1.5 }), runOf(2, { workedSeconds: 2 })])).toBe(
      3.5,
    );
    expect(usedSeconds([])).toBe(0);
  });
});
