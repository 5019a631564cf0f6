import { describe, expect, it } from 'vitest';
import type { RunPhase } from '../../../server/domain/training-run.js';
import { inputOf } from '../ml/pictures.js';
import { colouredShapes, SIDE } from './coloured-shapes.js';
import { openStores, type Stores } from './stores.js';
import { trained } from './trained.js';

const INPUT = inputOf(SIDE, SIDE, 3);
const DIALS = { epochs: 2, batchSize: 25 };

/** Does something the first time that the run tells that it is in the phase. */
function once(stores: Stores, phase: RunPhase, act: () => Promise<void>) {
  let acted: Promise<void> | undefined;
  const inPhase = async (runId: number) => {
    const run = await stores.runs.byId(runId);
    if (run?.phase === phase) await (acted ??= act());
  };
  const announce = (runId: number) => void inPhase(runId);
  return { announce, hasActed: () => acted !== undefined };
}

/** The rows alone, as the deletion of images leaves them a moment before their files go. */
async function deleteEvery(stores: Stores, datasetId: number, step: number): Promise<number[]> {
  const ids = await stores.images.ids(datasetId, {});
  const gone = ids.filter((_, at) => at % step === 0);
  await stores.images.deleteMany(gone);
  return gone;
}

describe('images that are deleted while a run goes on do not fail it', () => {
  it.each(['TRAINING', 'EMBEDDING', 'INDEXING', 'EVALUATING'] as const)(
    'in the phase %s',
    async (phase) => {
      const stores = await openStores();
      const datasetId = await colouredShapes(stores, 240);
      const deleting = once(stores, phase, async () => {
        await deleteEvery(stores, datasetId, 4);
      });
      const { run, model } = await trained(stores, datasetId, INPUT, DIALS, deleting.announce);
      expect(deleting.hasActed()).toBe(true);
      expect(run).toMatchObject({ status: 'SUCCEEDED', failure: null });
      const left = await stores.images.ids(datasetId, {});
      expect(left).toHaveLength(180);
      const embedded = await stores.embeddings.findMany(run.id, left);
      expect(embedded).toHaveLength(180);
      const sizes = model?.indexes.map(({ size }) => size) ?? [];
      const indexed = sizes.reduce((sum, size) => sum + size, 0);
      expect(indexed).toBeGreaterThanOrEqual(180);
      expect(indexed).toBeLessThanOrEqual(240);
    },
  );
});

it('the redrawn pictures of an epoch are of images that are still there', async () => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, 60);
  const [probe] = await stores.images.page(datasetId, { split: 'TEST' }, { limit: 1 });
  const deleting = once(stores, 'TRAINING', async () => {
    await stores.images.deleteMany([probe?.id ?? 0]);
  });
  const { run } = await trained(stores, datasetId, INPUT, DIALS, deleting.announce);
  expect(run).toMatchObject({ status: 'SUCCEEDED', epochsDone: 2 });
  const redrawn = await stores.runs.reconstructions(run.id, 2);
  expect(redrawn.map(({ imageId }) => imageId)).not.toContain(probe?.id);
  expect(redrawn).toHaveLength(9);
});

it('a run whose images are all deleted fails with a reason', async () => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, 60);
  const deleting = once(stores, 'TRAINING', async () => {
    await deleteEvery(stores, datasetId, 1);
  });
  const { run, model } = await trained(stores, datasetId, INPUT, DIALS, deleting.announce);
  expect(run.failure).toMatchObject({
    code: 'DATASET_NOT_READY',
    message: 'The dataset has no TRAIN images any more.',
  });
  expect(model).toBeNull();
});

it('two runs of one seed bear no redrawn picture together: none goes with the other run', async () => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, 60);
  const redrawnBy = async () => {
    const { run } = await trained(stores, datasetId, INPUT, { ...DIALS, epochs: 1, seed: 7 });
    return (await stores.runs.reconstructions(run.id, 1)).map(({ blobId }) => blobId);
  };
  const [first, second] = [await redrawnBy(), await redrawnBy()];
  expect(new Set([...first, ...second]).size).toBe(20);
  const pixels = async (ids: readonly string[]) =>
    Promise.all(
      (await stores.blobs.getMany(ids)).map((png) => stores.pictures.fileToInput(png, INPUT, null)),
    );
  expect(await pixels(second)).toEqual(await pixels(first));
});
