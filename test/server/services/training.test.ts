import { describe, expect, it } from 'vitest';
import type { DatasetStatus } from '../../../server/domain/dataset.js';
import { claimed, newImage, queuedRun, runThatIs } from '../../contract/metadata/rows.js';
import { openStores, trainingServiceOn } from './stores.js';

async function withPictures(split: 'TRAIN' | 'TEST', status: DatasetStatus) {
  const stores = await openStores();
  const { id: datasetId } = await stores.datasets.findOrCreate('pictures', 'Pictures');
  await stores.images.insertMany([newImage(datasetId, 'a', { split })]);
  await stores.datasets.setImportState(datasetId, { status });
  return { stores, datasetId, service: await trainingServiceOn(stores) };
}

describe('starting a run', () => {
  it('queues it with every hyper-parameter', async () => {
    const { stores, datasetId, service } = await withPictures('TRAIN', 'READY');
    const run = await service.start(datasetId, 'conv-autoencoder', { epochs: 2 }, null);
    expect(run).toMatchObject({ status: 'QUEUED', datasetId, architecture: 'conv-autoencoder' });
    expect(run.hyperparameters).toMatchObject({ epochs: 2, batchSize: 16, recallTarget: 0.99 });
    expect((await claimed(stores)).run.id).toBe(run.id);
  });

  it('is refused with a reason, and queues nothing', async () => {
    const { stores, datasetId, service } = await withPictures('TRAIN', 'READY');
    const refused = async (id: number, architecture: string, epochs: number, code: string) => {
      const starting = service.start(id, architecture, { epochs }, null);
      await expect(starting).rejects.toMatchObject({ code });
    };
    await refused(datasetId + 1, 'conv-autoencoder', 2, 'DATASET_NOT_FOUND');
    await refused(datasetId, 'perceptron', 2, 'ARCHITECTURE_NOT_FOUND');
    await refused(datasetId, 'conv-autoencoder', 0, 'HYPERPARAMETER_INVALID');
    expect(await stores.runs.list(null)).toEqual([]);
  });

  it.each([
    ['is being imported', 'TRAIN', 'IMPORTING', /wait until it is READY/],
    ['has not been imported', 'TRAIN', 'FAILED', /import again/],
    ['is being deleted', 'TRAIN', 'DELETING', /is being deleted/],
    ['has no training images', 'TEST', 'READY', /no TRAIN images: add some/],
  ] as const)('is refused while the dataset %s', async (_, split, status, words) => {
    const { stores, datasetId, service } = await withPictures(split, status);
    const starting = service.start(datasetId, 'conv-autoencoder', {}, null);
    await expect(starting).rejects.toMatchObject({
      code: 'DATASET_NOT_READY',
      message: expect.stringMatching(words) as string,
    });
    expect(await stores.runs.list(null)).toEqual([]);
  });
});

it('an architecture is found by name; an unknown one is told with those there are', async () => {
  const service = await trainingServiceOn(await openStores());
  expect(service.architecture('conv-autoencoder')).toBe(service.listArchitectures()[0]);
  expect(() => service.architecture('mlp')).toThrow('"mlp". There are: conv-autoencoder, ');
});

describe('a run that does not exist', () => {
  it.each(['get', 'cancel', 'resume', 'delete'] as const)('is refused by %s', async (method) => {
    const service = await trainingServiceOn(await openStores());
    await expect(service[method](1)).rejects.toMatchObject({ code: 'TRAINING_RUN_NOT_FOUND' });
  });
});

describe('what does not suit the status of a run is refused', () => {
  it.each([
    ['cancel', 'SUCCEEDED', 'RUN_NOT_CANCELLABLE'],
    ['cancel', 'CANCELLED', 'RUN_NOT_CANCELLABLE'],
    ['resume', 'RUNNING', 'RUN_NOT_RESUMABLE'],
    ['resume', 'SUCCEEDED', 'RUN_NOT_RESUMABLE'],
    ['delete', 'QUEUED', 'RUN_NOT_DELETABLE'],
    ['delete', 'RUNNING', 'RUN_NOT_DELETABLE'],
    ['delete', 'SUCCEEDED', 'RUN_NOT_DELETABLE'],
  ] as const)('%s of a %s run', async (method, status, code) => {
    const stores = await openStores();
    const service = await trainingServiceOn(stores);
    const id = await runThatIs(status, stores);
    await expect(service[method](id)).rejects.toMatchObject({ code });
    expect((await service.get(id)).status).toBe(status);
  });
});

it('a run of a dataset that is being deleted is not resumed, and the refusal says why', async () => {
  const stores = await openStores();
  const service = await trainingServiceOn(stores);
  const { id, datasetId } = await queuedRun(stores);
  await service.cancel(id);
  await stores.datasets.setImportState(datasetId, { status: 'DELETING' });
  const resuming = service.resume(id);
  await expect(resuming).rejects.toMatchObject({ code: 'DATASET_NOT_READY' });
  await expect(resuming).rejects.toThrow('is being deleted');
  expect((await service.get(id)).status).toBe('CANCELLED');
});

it('a run is cancelled, resumed, cancelled again and deleted, and each change is announced', async () => {
  const stores = await openStores();
  const service = await trainingServiceOn(stores);
  const { id } = await queuedRun(stores);
  const changes = stores.events.subscribe('trainingRunChanged');
  expect(await service.cancel(id)).toMatchObject({ id, status: 'CANCELLED' });
  expect((await changes.next()).value).toEqual({ runId: id });
  expect(await service.resume(id)).toMatchObject({ id, status: 'QUEUED' });
  expect((await changes.next()).value).toEqual({ runId: id });
  await service.cancel(id);
  await service.delete(id);
  expect(await service.list(null)).toEqual([]);
});
