import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../../server/domain/evaluation.js';
import { shareBelow, shareFarther } from '../../../server/domain/quantiles.js';
import { inputOf } from '../ml/pictures.js';
import { colouredShapes, SIDE } from './coloured-shapes.js';
import { openStores, trainingServiceOn, type Stores } from './stores.js';
import { trained, trainNext } from './trained.js';

const INPUT = inputOf(SIDE, SIDE, 3);
const SHORT = { epochs: 2, batchSize: 25, learningRate: 0.003 };

const embeddingsOf = async (stores: Stores, modelId: number, datasetId: number) =>
  stores.embeddings.findMany(modelId, await stores.images.ids(datasetId, {}));

describe('training on small colour pictures', () => {
  it('learns, and leaves a model that keeps kinds apart and says what is usual', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, 300);
    const service = await trainingServiceOn(stores);
    const { id } = await service.start(
      datasetId,
      'conv-autoencoder',
      { epochs: 12, batchSize: 16, learningRate: 0.003 },
      null,
    );
    await trainNext(stores);
    const run = await service.get(id);
    expect(run).toMatchObject({ status: 'SUCCEEDED', failure: null, input: INPUT });
    const epochs = await service.epochs(id);
    const losses = epochs.map(({ loss }) => loss);
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(losses.at(-1)).toBeLessThan(0.75 * (losses[0] ?? 0));
    expect(await service.lastEpoch(id)).toEqual(epochs.at(-1));

    const model = await stores.models.byId(id);
    expect(model).toMatchObject({ input: INPUT, latentSize: 128 });
    expect(model?.indexes.map(({ split, size }) => [split, size])).toEqual([
      ['TRAIN', 250],
      ['TEST', 50],
    ]);
    expect(model?.evaluation.queryCount).toBe(50);
    expect(model?.evaluation.precisionAt10Exact).toBeGreaterThan(0.6);
    expect(model?.evaluation.recallAt10).toBeGreaterThan(0.9);

    const details = model?.evaluation.details;
    const scores = details?.scores ? Object.values<Estimate>({ ...details.scores }) : [];
    expect(scores).toHaveLength(4);
    for (const { value, low, high } of scores) {
      expect(value).toBeGreaterThan(0.6);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    expect(details?.scores?.precisionAt10.value).toBe(model?.evaluation.precisionAt10Exact);
    expect(details?.labels.map(({ queryCount }) => queryCount)).toEqual(
      details?.labels.map(({ queryCount }) => queryCount).toSorted((a, b) => b - a),
    );
    const asked = details?.labels.reduce((sum, { queryCount }) => sum + queryCount, 0);
    expect([details?.labelCount, asked]).toEqual([details?.labels.length, 50]);
    for (const { neighbours, label, precisionAt10 } of details?.worstQueries ?? []) {
      const sharing = neighbours.filter((neighbour) => neighbour.label === label);
      expect(sharing.length / neighbours.length).toBe(precisionAt10);
    }
    expect(details?.baselines.map(({ name }) => name)).toEqual(['pixels', 'PCA']);
    expect(details?.ownCopyCount).toBe(50);
    // By chance it would be one of fifty.
    expect(details?.ownCopies?.value).toBeGreaterThan(0.1);
    expect(details?.reconstructionError?.value).toBeLessThan(0.1);

    const { distanceQuantiles = [], errorQuantiles = [] } = model?.statistics ?? {};
    expect([distanceQuantiles.length, errorQuantiles.length]).toEqual([201, 201]);
    for (const quantiles of [distanceQuantiles, errorQuantiles]) {
      expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
      expect(quantiles.at(-1)).toBeGreaterThan(quantiles[0] ?? 0);
    }
    expect(distanceQuantiles.at(-1)).toBeLessThanOrEqual(2);
    expect(shareFarther(distanceQuantiles, 0)).toBeGreaterThan(0.99);
    const all = await embeddingsOf(stores, id, datasetId);
    expect(all).toHaveLength(300);
    const shares = all.map(({ reconstructionError }) =>
      shareBelow(errorQuantiles, reconstructionError ?? Number.NaN),
    );
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.4);
    expect(mean).toBeLessThan(0.6);
  });

  it('needs neither labels nor anything held out', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, 60, { testEvery: 0, labelled: false });
    const { run, model } = await trained(stores, datasetId, INPUT, SHORT);
    expect(run).toMatchObject({ status: 'SUCCEEDED', failure: null });
    expect(model?.evaluation).toEqual({
      queryCount: 0,
      precisionAt10Exact: null,
      precisionAt10Index: null,
      recallQueryCount: 0,
      recallAt10: null,
      testLoss: null,
      details: {
        ...{ scores: null, precisionAt10Index: null, recallAt10: null },
        ...{ labelCount: 0, labels: [], worstQueries: [], baselines: [] },
        ...{ reconstructionError: null, ownCopies: null, ownCopyCount: 0 },
      },
    });
    expect(model?.indexes.map(({ split, size }) => [split, size])).toEqual([['TRAIN', 60]]);
  });

  it('measures recall where there are no labels, and no precision', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, 60, { labelled: false });
    const { model } = await trained(stores, datasetId, INPUT, SHORT);
    expect(model?.evaluation).toMatchObject({ queryCount: 0, precisionAt10Exact: null });
    expect(model?.evaluation.recallQueryCount).toBe(10);
    expect(model?.evaluation.testLoss).toBeGreaterThan(0);
    const { details } = model?.evaluation ?? {};
    expect(details).toMatchObject({ scores: null, labels: [], worstQueries: [], ownCopyCount: 10 });
    expect(details?.reconstructionError?.low).toBeGreaterThan(0);
    expect(details?.ownCopies?.value).toBeGreaterThanOrEqual(0);
  });

  it.each([
    [1, null],
    [2, 201],
  ])('of %d pictures leaves a model with statistics of %s numbers', async (count, numbers) => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, count, { testEvery: 0 });
    const { run, model } = await trained(stores, datasetId, INPUT, SHORT);
    expect(run).toMatchObject({ status: 'SUCCEEDED', failure: null });
    expect(model?.statistics?.distanceQuantiles.length ?? null).toBe(numbers);
  });

  it('of a run from before inputs were chosen feeds pictures as large as the first', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, 30);
    const { model } = await trained(stores, datasetId, null, SHORT);
    expect(model?.input).toEqual(INPUT);
  });

  it('leaves out a picture that cannot be read, and says which and why', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, 30);
    const [bad] = await stores.images.page(datasetId, { split: 'TRAIN' }, { limit: 1 });
    await stores.blobs.delete(bad?.blobId ?? '');
    const { run, model } = await trained(stores, datasetId, INPUT, SHORT);
    expect(run.status).toBe('SUCCEEDED');
    expect(model?.indexes[0]?.size).toBe(24);
    const log = (await stores.runs.log(run.id, 0)).map(({ message }) => message).join('\n');
    expect(log).toMatch(/left out 1 image that cannot be read: shapes\/0\.png: .* is gone/);
    const states = await stores.embeddings.states(run.id, [bad?.id ?? 0]);
    expect(states.get(bad?.id ?? 0)).toMatchObject({ state: 'FAILED' });
  });

  it('fails with words when no picture can be read', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, 3, { testEvery: 0 });
    for (const { blobId } of await stores.images.page(datasetId, {}, { limit: 3 })) {
      await stores.blobs.delete(blobId);
    }
    const { run } = await trained(stores, datasetId, INPUT, SHORT);
    expect(run.failure?.code).toBe('DATASET_NOT_READY');
    expect(run.failure?.message).toMatch(/None of its 3 TRAIN images.*shapes\/0\.png: .*gone/);
  });
});
