import { expect, it } from 'vitest';
import type { BulkRuntime } from '../../../server/ports/model-runtime.js';
import { mixedDataset, withModel } from './bundle-dataset.js';
import { changeJson, forged, type BundleFiles } from './bundle-forgery.js';
import { exported, imported, openBundleWorld, startServices } from './bundle-world.js';

async function exportedModel(change: (files: BundleFiles) => void = () => undefined) {
  const here = await openBundleWorld();
  const datasetId = await mixedDataset(here);
  const { weightsBlobId } = await withModel(here, datasetId);
  const bundle = await exported(here, datasetId);
  return { here, weightsBlobId, bundle: await forged(bundle, change, { signed: true }) };
}

/** Another world in which something happens before the first picture is examined. */
async function worldWith(before: () => Promise<void>) {
  const there = await openBundleWorld();
  let isFirst = true;
  const services = startServices(there, there.folder, (bulk) => {
    const examine: BulkRuntime['examine'] = async (...args) => {
      if (isFirst) {
        isFirst = false;
        await before();
      }
      return bulk.examine(...args);
    };
    return Object.assign(Object.create(bulk) as BulkRuntime, { examine });
  });
  return { ...there, ...services };
}

it(
  'images can be added to other datasets while a model is tried',
  { timeout: 30_000 },
  async () => {
    const { bundle } = await exportedModel();
    const events: string[] = [];
    const there = await worldWith(async () => {
      // Held until the trial has ended, the turn of this would never come.
      await mixedDataset(there);
      events.push('added');
    });
    const newId = await imported(there, bundle, 'other');
    expect(events).toEqual(['added']);
    expect(await there.datasets.byId(newId)).toMatchObject({ status: 'READY', importedCount: 5 });
  },
);

it('weights that go with another dataset while they are tried are there afterwards', async () => {
  const { bundle, weightsBlobId } = await exportedModel();
  const there = await worldWith(() => there.blobs.delete(weightsBlobId));
  const newId = await imported(there, bundle);
  expect(await there.datasets.refusals(newId, null, 10)).toEqual([]);
  expect((await there.datasets.byId(newId))?.activeModelId).not.toBeNull();
  expect((await there.blobs.get(weightsBlobId)).length).toBeGreaterThan(0);
});

it('weights that are refused go, unless somebody had them before', async () => {
  const { here, bundle, weightsBlobId } = await exportedModel((files) =>
    changeJson(files, 'model/model.json', (model) => ({
      ...model,
      input: {
        ...{ width: 56, height: 56, channels: 1 },
        ...{ fit: 'CONTAIN', background: '#000000', scaling: 'UNIT' },
      },
    })),
  );
  const there = await openBundleWorld();
  const newId = await imported(there, bundle);
  expect(await there.datasets.refusals(newId, null, 10)).toMatchObject([
    { name: 'model', code: 'CHECKPOINT_CORRUPT' },
  ]);
  await expect(there.blobs.get(weightsBlobId)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  await imported(here, bundle, 'other');
  expect((await here.blobs.get(weightsBlobId)).length).toBeGreaterThan(0);
});
