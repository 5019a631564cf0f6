import { expect, it } from 'vitest';
import type { ValidationScore } from '../../../server/domain/validation.js';
import type { ImportedModel } from '../../../server/ports/models.js';
import type { OpenMetadata } from './metadata.js';
import { newIndex, newModel, queuedRun, trainedModel } from './rows.js';

const SCORE: ValidationScore = {
  measure: 'OWN_COPIES',
  value: 0.75,
  queryCount: 8,
  baseCount: 90,
  seenInTraining: true,
};
const EPOCHS = [1, 2, 3].map((epoch) => ({
  epoch,
  loss: 10 / epoch,
  seconds: 60,
  finishedAt: new Date(Date.UTC(2029, 5, 1, 12, epoch)),
  validation: epoch === 1 ? null : SCORE,
}));

function imported(datasetId: number, changes: Partial<ImportedModel> = {}): ImportedModel {
  return { ...newModel(0, datasetId), indexes: [], epochs: EPOCHS, ...changes };
}

/** Models that come from elsewhere, and indexes that come after their model. */
export function modelImportCases(open: OpenMetadata): void {
  it('an imported model is active, and its run is told as one that succeeded', async () => {
    const metadata = await open();
    await trainedModel(metadata);
    const waiting = await queuedRun(metadata);
    const model = await metadata.models.import(imported(waiting.datasetId));
    expect(model).toEqual({
      ...newModel(model.id, waiting.datasetId, { indexes: [] }),
      createdAt: expect.any(Date) as Date,
    });
    expect(model.id).toBeGreaterThan(waiting.id);
    const seen = metadata.connectAgain();
    expect(await seen.models.byId(model.id)).toEqual(model);
    expect((await seen.datasets.byId(waiting.datasetId))?.activeModelId).toBe(model.id);
    expect(await seen.runs.byId(model.id)).toEqual({
      id: model.id,
      origin: null,
      datasetId: waiting.datasetId,
      architecture: model.architecture,
      hyperparameters: model.hyperparameters,
      input: model.input,
      status: 'SUCCEEDED',
      phase: null,
      phaseProgress: 0,
      epochsDone: 3,
      failure: null,
      attempts: 0,
      cancelRequested: false,
      modelId: model.id,
      sweepId: null,
      followsSweep: false,
      stopReason: null,
      workedSeconds: 0,
      createdAt: new Date(Date.UTC(2029, 5, 1, 12, 0)),
      startedAt: new Date(Date.UTC(2029, 5, 1, 12, 0)),
      finishedAt: new Date(Date.UTC(2029, 5, 1, 12, 3)),
    });
    expect(await seen.runs.epochs(model.id, 0)).toEqual(
      EPOCHS.map((epoch) => ({ runId: model.id, ...epoch })),
    );
    expect(await seen.runs.byId(waiting.id)).toEqual(waiting);
  });

  it('a model without epochs and statistics is imported all the same', async () => {
    const metadata = await open();
    const { id: datasetId } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    const indexes = [newIndex('a', 'TRAIN')];
    const changes = { epochs: [], statistics: null, indexes };
    const model = await metadata.models.import(imported(datasetId, changes));
    expect(model).toMatchObject({ statistics: null, indexes });
    const run = await metadata.runs.byId(model.id);
    expect(run).toMatchObject({ status: 'SUCCEEDED', epochsDone: 0 });
    expect(run?.finishedAt).toBeInstanceOf(Date);
  });

  it('of a model that cannot be written nothing is left', async () => {
    const metadata = await open();
    const { id: datasetId } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    await expect(metadata.models.import(imported(4711))).rejects.toThrow();
    const twice = imported(datasetId, {
      indexes: [newIndex('a', 'TRAIN'), newIndex('b', 'TRAIN')],
    });
    await expect(metadata.models.import(twice)).rejects.toThrow();
    expect(await metadata.models.list(null)).toEqual([]);
    expect(await metadata.runs.list(null)).toEqual([]);
    expect((await metadata.datasets.byId(datasetId))?.activeModelId).toBeNull();
  });

  it('a split that has no index gets one, once', async () => {
    const metadata = await open();
    const untouched = await trainedModel(metadata, { indexes: [] });
    const id = await trainedModel(metadata, { indexes: [newIndex('a', 'TEST')] });
    expect(await metadata.models.putIndex(id, null, newIndex('b', 'TEST'))).toBe(false);
    expect(await metadata.models.putIndex(id, null, newIndex('c', 'TRAIN', 7))).toBe(true);
    expect(await metadata.models.putIndex(id, null, newIndex('d', 'TRAIN'))).toBe(false);
    const indexes = [newIndex('c', 'TRAIN', 7), newIndex('a', 'TEST')];
    expect((await metadata.models.byId(id))?.indexes).toEqual(indexes);
    expect((await metadata.models.byId(untouched))?.indexes).toEqual([]);
  });

  it('a model that is gone gets no index', async () => {
    const metadata = await open();
    const [gone] = [await trainedModel(metadata), await trainedModel(metadata)];
    await metadata.models.delete(gone);
    expect(await metadata.models.putIndex(gone, null, newIndex('b', 'TRAIN'))).toBe(false);
    expect(await metadata.models.putIndex(gone, `train-${gone}`, newIndex('b', 'TRAIN'))).toBe(
      false,
    );
    expect(await metadata.models.byId(gone)).toBeNull();
  });
}
