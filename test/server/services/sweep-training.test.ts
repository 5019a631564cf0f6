import { describe, expect, it } from 'vitest';
import {
  completeHyperparameters,
  type Hyperparameters,
} from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import { standingClock } from '../../contract/metadata/clock.js';
import { inputOf } from '../ml/pictures.js';
import { colouredShapes, SIDE } from './coloured-shapes.js';
import { openStores, sweepServiceOn, type Stores } from './stores.js';
import { trainNext } from './trained.js';

const INPUT = inputOf(SIDE, SIDE, 3);
const BASE = completeHyperparameters(convAutoencoder, {
  ...{ epochs: 4, batchSize: 25, validationShare: 0.25, learningRate: 0.003 },
});
/** The last one makes such steps that all its embeddings become the same. */
const SETTINGS: readonly Hyperparameters[] = [{ seed: 1 }, { seed: 2 }, { learningRate: 0.2 }];

async function sweepOn(
  stores: Stores,
  changes: readonly Hyperparameters[],
  budgetSeconds: number,
): Promise<number> {
  const datasetId = await colouredShapes(stores, 144);
  const { id } = await stores.sweeps.create(
    {
      ...{ datasetId, architecture: 'conv-autoencoder', hyperparameters: BASE, dials: [] },
      ...{ input: INPUT, budgetSeconds, seed: 1 },
    },
    changes.map((change) => ({ ...BASE, ...change })),
  );
  return id;
}

const workOff = async (stores: Stores) => {
  while (await trainNext(stores));
};

async function outcome(stores: Stores, sweepId: number) {
  const service = await sweepServiceOn(stores);
  const ranked = await service.ranked(sweepId);
  return ranked.map(({ rank, score, run }) => ({
    ...{ id: run.id, rank, score, status: run.status, stopReason: run.stopReason },
    ...{ epochsDone: run.epochsDone, hasModel: run.modelId !== null },
  }));
}

async function lastWords({ runs }: Stores, runId: number): Promise<string> {
  return (await runs.log(runId, 0)).at(-1)?.message ?? '';
}

describe('a sweep', () => {
  let undisturbed: Awaited<ReturnType<typeof outcome>>;

  it('stops a setting that lags, ranks all, and activates none', async () => {
    const whole = await openStores();
    const sweepId = await sweepOn(whole, SETTINGS, 3600);
    await workOff(whole);
    const found = await outcome(whole, sweepId);
    undisturbed = found;
    expect(found.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(found.map(({ score }) => score?.measure)).toEqual(
      new Array<string>(3).fill('PRECISION_AT_10'),
    );
    expect(found[2]).toMatchObject({
      ...{ id: 3, status: 'CANCELLED', stopReason: 'LAGGING', epochsDone: 2, hasModel: false },
    });
    for (const one of found.slice(0, 2)) {
      expect(one).toMatchObject({ status: 'SUCCEEDED', stopReason: null, epochsDone: 4 });
      expect(one.hasModel).toBe(true);
      expect(await lastWords(whole, one.id)).toContain('is one of a sweep');
    }
    expect(await lastWords(whole, 3)).toMatch(/^stopped: its best score, .* median of 2 others/);
    expect(await whole.datasets.byId(1)).toMatchObject({ activeModelId: null });
    expect(await whole.runs.epochs(3, 0)).toHaveLength(2);
  });

  it('comes to the same when its trainer is stopped again and again', async () => {
    const clock = standingClock();
    const broken = await openStores();
    const sweepId = await sweepOn(broken, SETTINGS, 3600);
    for (const stopped of [2, 3]) {
      const stop = new AbortController();
      const stopIn = async (id: number) => {
        // Or else so short an epoch would be over before its trainer asks whether to stop.
        clock.pass(400);
        if (id === stopped && (await broken.runs.byId(id))?.epochsDone === 1) stop.abort();
      };
      while (
        !stop.signal.aborted &&
        (await trainNext(broken, (id) => void stopIn(id), stop.signal))
      );
      expect(await broken.runs.byId(stopped)).toMatchObject({ status: 'INTERRUPTED' });
    }
    await workOff(broken);
    expect(await outcome(broken, sweepId)).toEqual(undisturbed);
    const log = (await broken.runs.log(3, 0)).map(({ message }) => message).join('\n');
    expect(log).toContain('going on after epoch 1');
  });

  it('begins no setting when its time is used up, and keeps the best that it has', async () => {
    const stores = await openStores();
    const sweepId = await sweepOn(stores, SETTINGS, 0.001);
    await workOff(stores);
    const [best, ...others] = await outcome(stores, sweepId);
    expect(best).toMatchObject({
      ...{ id: 1, rank: 1, status: 'SUCCEEDED', stopReason: 'BUDGET', epochsDone: 1 },
      hasModel: true,
    });
    for (const one of others) {
      expect(one).toMatchObject({ rank: null, status: 'CANCELLED', stopReason: 'BUDGET' });
      expect(one).toMatchObject({ epochsDone: 0, hasModel: false });
    }
    const log = (await stores.runs.log(1, 0)).map(({ message }) => message).join('\n');
    expect(log).toContain('stopped by its sweep after epoch 1: the time of its sweep is used up');
    expect(await lastWords(stores, 2)).toBe('stopped: the time of its sweep is used up');
    const service = await sweepServiceOn(stores);
    await expect(service.cancel(sweepId)).rejects.toMatchObject({ code: 'SWEEP_NOT_CANCELLABLE' });
  });

  it('stops when somebody cancels it; what was begun can be resumed, and then goes to its end', async () => {
    const stores = await openStores();
    const sweepId = await sweepOn(stores, SETTINGS.slice(1), 3600);
    const service = await sweepServiceOn(stores);
    let cancelled: Promise<unknown> | undefined;
    const cancelIn = async (id: number) => {
      if (((await stores.runs.byId(id))?.epochsDone ?? 0) >= 1) {
        await (cancelled ??= service.cancel(sweepId));
      }
    };
    while (await trainNext(stores, (id) => void cancelIn(id)));
    const found = await outcome(stores, sweepId);
    expect(found).toMatchObject([
      { id: 1, rank: 1, status: 'CANCELLED', stopReason: null, hasModel: false },
      { id: 2, rank: null, status: 'CANCELLED', stopReason: null, epochsDone: 0 },
    ]);
    expect(await stores.runs.requeue(1)).toBe(true);
    await workOff(stores);
    const [resumed] = await outcome(stores, sweepId);
    expect(resumed).toMatchObject({ id: 1, status: 'SUCCEEDED', epochsDone: 4, hasModel: true });
  });

  it('of an architecture that trains nothing, on images without labels, is ranked too', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, 72, { labelled: false });
    const service = await sweepServiceOn(stores);
    const { id } = await service.start({
      ...{ datasetId, architecture: 'pixel-components', hyperparameters: {}, input: null },
      dials: [{ name: 'components', values: [2, 16, 32], range: null }],
      ...{ settingCount: 5, budgetSeconds: 3600, seed: 1 },
    });
    await workOff(stores);
    const found = await service.ranked(id);
    expect(found.map(({ rank, score }) => [rank, score?.measure])).toEqual(
      [1, 2, 3].map((rank) => [rank, 'OWN_COPIES']),
    );
    expect(found.at(-1)?.run.hyperparameters).toMatchObject({ components: 2 });
    expect(found.every(({ run }) => run.status === 'SUCCEEDED')).toBe(true);
  });
});
