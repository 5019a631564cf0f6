import { describe, expect, it } from 'vitest';
import type { TrainingRun } from '../../../server/domain/training-run.js';
import { SweepPacing } from '../../../server/services/sweep-pacing.js';
import { standingClock } from '../../contract/metadata/clock.js';
import { claimed, INPUT, newModel } from '../../contract/metadata/rows.js';
import { openStores } from './stores.js';

const BUDGET_SECONDS = 60;

/** A sweep whose runs a test works off by hand, on a clock of its own. */
async function handMadeSweep(settings = 4) {
  const clock = standingClock();
  const stores = await openStores();
  const { id: datasetId } = await stores.datasets.findOrCreate('pictures', 'Pictures');
  const { id } = await stores.sweeps.create(
    {
      ...{ datasetId, architecture: 'conv-autoencoder', hyperparameters: {}, dials: [] },
      ...{ input: INPUT, budgetSeconds: BUDGET_SECONDS, seed: 1 },
    },
    Array.from({ length: settings }, (_, seed) => ({ epochs: 4, seed })),
  );
  const pacing = new SweepPacing(stores.sweeps, stores.runs);
  return {
    stores,
    pacing,
    id,
    /** Claims the next run and gives it an epoch of a second for each of these scores. */
    begin: async (...scores: readonly number[]) => {
      const { run, lease } = await claimed(stores);
      for (const [place, value] of scores.entries()) {
        clock.pass(1000);
        const validation = {
          ...{ measure: 'PRECISION_AT_10' as const, value, queryCount: 9, baseCount: 9 },
          seenInTraining: false,
        };
        const numbers = { epoch: place + 1, loss: 1, seconds: 1, checkpointBlobId: 'c' };
        await stores.queue.finishEpoch(lease, { ...numbers, reconstructions: [], validation });
      }
      return {
        run,
        pass: async (seconds: number) => {
          for (let second = 0; second < seconds; second += 1) {
            clock.pass(1000);
            await stores.queue.heartbeat(lease, 'EMBEDDING', 0);
          }
        },
        verdict: async (of: TrainingRun = run) =>
          pacing.verdict(of, await stores.runs.epochs(run.id, 0)),
        succeed: () => stores.queue.succeed(lease, newModel(run.id, datasetId)),
      };
    },
  };
}

describe('a run of a sweep', () => {
  it('goes on while it keeps up, and stops where it lags', async () => {
    const { begin } = await handMadeSweep();
    for (const scores of [
      [0.5, 0.7],
      [0.5, 0.8],
    ]) {
      const run = await begin(...scores);
      expect(await run.verdict()).toBeNull();
      await run.succeed();
    }
    const third = await begin(0.4, 0.74);
    expect(await third.verdict()).toEqual({
      reason: 'LAGGING',
      message: expect.stringContaining(
        '0.7400, lies below 0.7500, the median of 2 other',
      ) as string,
    });
    expect(await third.verdict({ ...third.run, followsSweep: false })).toBeNull();
  });

  it('stops when the time is used up, which its phases behind the training use too', async () => {
    const { begin, pacing } = await handMadeSweep();
    const first = await begin(0.5, 0.6, 0.7, 0.8);
    await first.pass(54);
    await first.succeed();
    const second = await begin(0.6);
    expect(await second.verdict()).toBeNull();
    expect(await pacing.isBudgetUsed(second.run)).toBe(false);
    await second.pass(1);
    expect(await second.verdict()).toMatchObject({ reason: 'BUDGET' });
    expect(await pacing.isBudgetUsed({ ...second.run, followsSweep: false })).toBe(false);
    expect(await pacing.isBest(second.run)).toBe(false);
    expect(await pacing.isBest(first.run)).toBe(true);
  });

  it('that has begun finishes an epoch, however late it is', async () => {
    const { begin, pacing } = await handMadeSweep();
    const first = await begin();
    await first.pass(BUDGET_SECONDS);
    expect(await pacing.isBudgetUsed(first.run)).toBe(true);
    expect(await first.verdict()).toBeNull();
  });

  it('without any score is only the best until another has left a model', async () => {
    const { begin, pacing } = await handMadeSweep();
    const [first, second] = [await begin(), await begin()];
    expect(await pacing.isBest(second.run)).toBe(true);
    await first.succeed();
    expect(await pacing.isBest(second.run)).toBe(false);
  });
});

it('a run of no sweep goes on as it likes', async () => {
  const { pacing, begin } = await handMadeSweep();
  const first = await begin(0.1, 0.1);
  const alone = { ...first.run, sweepId: null };
  expect(await first.verdict(alone)).toBeNull();
  expect(await pacing.isBudgetUsed(alone)).toBe(false);
  expect(await pacing.isBest(alone)).toBe(true);
});
