import { expect, it } from 'vitest';
import type { NewModel } from '../../../server/domain/model.js';
import type { Metadata, OpenMetadata } from './metadata.js';
import {
  claimed,
  estimateOf,
  evaluationDetails,
  newModel,
  queuedRun,
  trainedModel,
} from './rows.js';

/** An evaluation on 100 queries with this P@10, known to 0.01. */
function withPrecision(value: number): Pick<NewModel, 'evaluation'> {
  const { evaluation } = newModel(0, 0);
  const details = evaluationDetails();
  const scores = details.scores && { ...details.scores, precisionAt10: estimateOf(value) };
  return { evaluation: { ...evaluation, queryCount: 100, details: { ...details, scores } } };
}

async function activeModelId({ datasets }: Metadata): Promise<number | null> {
  const [dataset] = await datasets.list();
  return dataset?.activeModelId ?? null;
}

/** Models of one dataset that became active one after the other. */
async function trainedModels(metadata: Metadata, count: number): Promise<number[]> {
  const ids: number[] = [];
  while (ids.length < count) ids.push(await trainedModel(metadata));
  return ids;
}

/** Which models are active, which were, and what may change that. */
export function modelActivationsCases(open: OpenMetadata): void {
  it('the model of a run is active where it is no worse, and tells what it was compared with', async () => {
    const metadata = await open();
    const first = await trainedModel(metadata, withPrecision(0.8));
    await queuedRun(metadata);
    const { run, lease } = await claimed(metadata);
    const model = newModel(run.id, run.datasetId, withPrecision(0.795));
    expect(await metadata.queue.succeed(lease, model)).toEqual({
      isActive: true,
      previousModelId: first,
      comparison: {
        measure: 'PRECISION_AT_10',
        candidate: estimateOf(0.795),
        active: estimateOf(0.8),
        isWorse: false,
        isAnew: false,
      },
    });
    expect(await activeModelId(metadata.connectAgain())).toBe(run.id);
  });

  it('the model of a run that is worse is there, but the old one stays active', async () => {
    const metadata = await open();
    const first = await trainedModel(metadata, withPrecision(0.8));
    await queuedRun(metadata);
    const { run, lease } = await claimed(metadata);
    const model = newModel(run.id, run.datasetId, withPrecision(0.7));
    const outcome = await metadata.queue.succeed(lease, model);
    expect(outcome).toMatchObject({ isActive: false, previousModelId: first });
    const seen = metadata.connectAgain();
    expect(await seen.models.byId(run.id)).not.toBeNull();
    expect(await seen.runs.byId(run.id)).toMatchObject({ status: 'SUCCEEDED', modelId: run.id });
    expect(await activeModelId(seen)).toBe(first);
    expect(await seen.activations.list(run.datasetId)).toHaveLength(1);
  });

  it('a worse model is activated by force alone', async () => {
    const metadata = await open();
    const worse = await trainedModel(metadata, withPrecision(0.7));
    const better = await trainedModel(metadata, withPrecision(0.8));
    const refused = await metadata.activations.activate(worse, false);
    expect(refused).toMatchObject({ isActive: false, previousModelId: better });
    expect(await activeModelId(metadata)).toBe(better);
    const forced = await metadata.activations.activate(worse, true);
    expect(forced).toMatchObject({ isActive: true, previousModelId: better });
    expect(await activeModelId(metadata.connectAgain())).toBe(worse);
  });

  it('a model that is gone is not activated', async () => {
    const metadata = await open();
    const [gone = 0, active = 0] = await trainedModels(metadata, 2);
    await metadata.models.delete(gone);
    expect(await metadata.activations.activate(gone, true)).toBeNull();
    expect(await activeModelId(metadata)).toBe(active);
  });

  it('the history tells by what each model became active, newest first', async () => {
    const metadata = await open();
    const worse = await trainedModel(metadata, withPrecision(0.7));
    const better = await trainedModel(metadata, withPrecision(0.8));
    const { id: other } = await metadata.datasets.findOrCreate('others', 'Others');
    await metadata.activations.activate(better, true);
    await metadata.activations.activate(worse, false);
    await metadata.activations.activate(worse, true);
    const [dataset] = await metadata.datasets.list();
    const datasetId = dataset?.id ?? 0;
    await metadata.activations.rollBack(datasetId);
    const rest = { datasetId, forced: false, at: expect.any(Date) as Date };
    expect(await metadata.connectAgain().activations.list(datasetId)).toEqual([
      { ...rest, modelId: better, previousModelId: worse, cause: 'ROLL_BACK' },
      { ...rest, modelId: worse, previousModelId: better, cause: 'HAND', forced: true },
      { ...rest, modelId: better, previousModelId: worse, cause: 'RUN' },
      { ...rest, modelId: worse, previousModelId: null, cause: 'RUN' },
    ]);
    expect(await metadata.activations.list(other)).toEqual([]);
  });

  it('going back goes further every time, over models that are gone, until there is none', async () => {
    const metadata = await open();
    const [first = 0, gone = 0, third = 0, last = 0] = await trainedModels(metadata, 4);
    const [dataset] = await metadata.datasets.list();
    const datasetId = dataset?.id ?? 0;
    await metadata.models.delete(gone);
    expect(await activeModelId(metadata)).toBe(last);
    expect(await metadata.activations.rollBack(datasetId)).toBe(third);
    expect(await activeModelId(metadata.connectAgain())).toBe(third);
    expect(await metadata.activations.rollBack(datasetId)).toBe(first);
    expect(await metadata.activations.rollBack(datasetId)).toBeNull();
    expect(await activeModelId(metadata)).toBe(first);
    expect(await metadata.activations.rollBack(99)).toBeNull();
  });

  it('of two that go back at once each goes one step', async () => {
    const metadata = await open();
    const [first = 0, second = 0] = await trainedModels(metadata, 3);
    const [dataset] = await metadata.datasets.list();
    const datasetId = dataset?.id ?? 0;
    const both = [1, 2].map(() => metadata.activations.rollBack(datasetId));
    const reached = await Promise.all(both);
    expect(reached.sort()).toEqual([first, second]);
    expect(await activeModelId(metadata)).toBe(first);
  });

  it('the history goes with its dataset', async () => {
    const metadata = await open();
    await trainedModels(metadata, 2);
    const [dataset] = await metadata.datasets.list();
    const datasetId = dataset?.id ?? 0;
    await metadata.datasets.delete(datasetId);
    expect(await metadata.activations.list(datasetId)).toEqual([]);
  });
}
