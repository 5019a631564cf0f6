import { describe, expect, it } from 'vitest';
import type { SweepOrder } from '../../../server/services/sweep.service.js';
import { claimed, newImage, newModel } from '../../contract/metadata/rows.js';
import { openStores, sweepServiceOn } from './stores.js';

async function withPictures() {
  const stores = await openStores();
  const { id: datasetId } = await stores.datasets.findOrCreate('pictures', 'Pictures');
  await stores.images.insertMany([newImage(datasetId, 'a')]);
  await stores.datasets.setImportState(datasetId, { status: 'READY' });
  const order: SweepOrder = {
    ...{ datasetId, architecture: 'conv-autoencoder', hyperparameters: { epochs: 3 } },
    dials: [{ name: 'learningRate', values: [0.01, 0.001], range: null }],
    ...{ input: null, settingCount: 4, budgetSeconds: 60, seed: 1 },
  };
  return { stores, datasetId, order, service: await sweepServiceOn(stores) };
}

describe('starting a sweep', () => {
  it('queues a run for each setting, with images held out to rank them by', async () => {
    const { service, order, stores } = await withPictures();
    const sweep = await service.start(order);
    expect(sweep).toMatchObject({ budgetSeconds: 60, architecture: 'conv-autoencoder' });
    expect(await service.list(sweep.datasetId)).toEqual([sweep]);
    const runs = await service.runsOf(sweep.id);
    const rates = runs.map(({ hyperparameters }) => hyperparameters['learningRate']);
    expect(rates.toSorted()).toEqual([0.001, 0.01]);
    for (const { hyperparameters, input } of runs) {
      expect(hyperparameters).toMatchObject({ epochs: 3, validationShare: 0.1 });
      expect(input).toEqual(sweep.input);
    }
    expect((await claimed(stores)).run.id).toBe(runs[0]?.id);
  });

  it('holds out as many as it is told to', async () => {
    const { service, order } = await withPictures();
    const { id } = await service.start({ ...order, hyperparameters: { validationShare: 0.3 } });
    const [run] = await service.runsOf(id);
    expect(run?.hyperparameters).toMatchObject({ validationShare: 0.3 });
  });

  it.each([
    ['INVALID_ARGUMENT', { settingCount: 1 }],
    ['INVALID_ARGUMENT', { settingCount: 51 }],
    ['INVALID_ARGUMENT', { settingCount: 2.5 }],
    ['INVALID_ARGUMENT', { budgetSeconds: 0 }],
    ['INVALID_ARGUMENT', { budgetSeconds: Number.NaN }],
    ['INVALID_ARGUMENT', { seed: -1 }],
    ['INVALID_ARGUMENT', { dials: [] }],
    ['HYPERPARAMETER_INVALID', { hyperparameters: { epochs: 0 } }],
    ['HYPERPARAMETER_INVALID', { dials: [{ name: 'rate', values: [1, 2], range: null }] }],
    ['ARCHITECTURE_NOT_FOUND', { architecture: 'perceptron' }],
    ['DATASET_NOT_FOUND', { datasetId: 77 }],
  ] as const)('is refused as %s for %j, and queues nothing', async (code, changes) => {
    const { service, order, stores } = await withPictures();
    await expect(service.start({ ...order, ...changes })).rejects.toMatchObject({ code });
    expect(await stores.runs.list(null)).toEqual([]);
    expect(await service.list(null)).toEqual([]);
  });
});

it('a sweep that does not exist is refused', async () => {
  const { service } = await withPictures();
  for (const method of ['get', 'cancel', 'follow'] as const) {
    await expect(service[method](1)).rejects.toMatchObject({ code: 'SWEEP_NOT_FOUND' });
  }
});

describe('following a sweep', () => {
  it('tells of every epoch and every end, once, and ends with the last run', async () => {
    const { service, order, stores, datasetId } = await withPictures();
    const sweep = await service.start(order);
    const news = await service.follow(sweep.id);
    expect((await news.next()).value).toEqual(sweep);
    const first = await claimed(stores);
    const announce = (runId: number) => stores.events.publish('trainingRunChanged', { runId });
    announce(first.run.id);
    expect((await news.next()).value).toEqual(sweep);
    // Nothing has changed, or it is of another run: nothing is told.
    announce(first.run.id);
    announce(999);
    const numbers = { epoch: 1, loss: 1, seconds: 1, checkpointBlobId: 'c', reconstructions: [] };
    await stores.queue.finishEpoch(first.lease, numbers);
    announce(first.run.id);
    expect((await news.next()).value).toEqual(sweep);
    await stores.queue.succeed(first.lease, newModel(first.run.id, datasetId));
    announce(first.run.id);
    expect((await news.next()).value).toEqual(sweep);
    await service.cancel(sweep.id);
    expect((await news.next()).value).toEqual(sweep);
    expect(await news.next()).toEqual({ done: true, value: undefined });
  });

  it('ends when nobody listens any more', async () => {
    const { service, order } = await withPictures();
    const { id } = await service.start(order);
    const news = await service.follow(id);
    await news.next();
    const waiting = news.next();
    await news.return(undefined);
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
