import { expect, it } from 'vitest';
import type { Datasets } from '../../../server/ports/datasets.js';
import { file, partsOn, picture, untrainedModel, writerWorld } from './writer-world.js';

async function withPictures(count: number) {
  const world = await writerWorld();
  const files = await Promise.all(
    Array.from({ length: count }, async (_, at) => file(`${at}.png`, await picture(at, 3))),
  );
  const added = await world.writer.add(world.datasetId, files);
  return { world, blobIds: added.flatMap(({ image }) => image?.blobId ?? []) };
}

/** Waits until the dataset is gone. */
async function gone({ stores, datasetId }: Awaited<ReturnType<typeof writerWorld>>) {
  while (await stores.datasets.byId(datasetId)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('a dataset goes with its images, model, runs and bytes', async () => {
  const { world, blobIds } = await withPictures(30);
  const { stores, datasetId, deletion } = world;
  const model = await untrainedModel(stores, datasetId);
  await deletion.delete(datasetId);
  await gone(world);
  await deletion.close();
  expect(await stores.images.count(datasetId, {})).toBe(0);
  expect(await stores.models.byId(model.id)).toBeNull();
  expect(await stores.runs.list(datasetId)).toEqual([]);
  for (const blobId of [...blobIds, model.weightsBlobId]) {
    await expect(stores.blobs.get(blobId)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  }
  await expect(deletion.delete(datasetId)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
});

it('bytes that another dataset bears too stay', async () => {
  const { world, blobIds } = await withPictures(2);
  const other = await world.stores.datasets.create('other', 'Other');
  await world.writer.add(other?.id ?? 0, [file('twin.png', picture(0, 3))]);
  await world.deletion.delete(world.datasetId);
  await gone(world);
  await world.deletion.close();
  expect((await world.stores.blobs.get(blobIds[0] ?? '')).length).toBeGreaterThan(0);
  await expect(world.stores.blobs.get(blobIds[1] ?? '')).rejects.toThrow();
});

it('a deletion that the end of the process cut off goes on at the next start', async () => {
  const { world } = await withPictures(700);
  const { stores, datasetId, deletion, writer } = world;
  await deletion.delete(datasetId);
  await deletion.close();
  expect(await stores.datasets.byId(datasetId)).toMatchObject({ status: 'DELETING' });
  expect(await stores.images.count(datasetId, {})).toBeGreaterThan(0);
  await expect(writer.add(datasetId, [file('a.png', picture(1))])).rejects.toMatchObject({
    code: 'DATASET_NOT_READY',
  });
  const next = partsOn(stores).deletion;
  await next.resume();
  await gone(world);
  await next.close();
});

it.each(['QUEUED', 'RUNNING'] as const)('a dataset with a run that is %s stays', async (status) => {
  const { world } = await withPictures(1);
  const { stores, datasetId, deletion } = world;
  const run = await stores.runs.create(datasetId, 'conv-autoencoder', {}, null);
  if (status === 'RUNNING') await stores.queue.claim(3);
  const deleting = deletion.delete(datasetId);
  await expect(deleting).rejects.toMatchObject({ code: 'DATASET_BUSY' });
  await expect(deleting).rejects.toThrow(`run ${run.id} of dataset own is ${status}`);
  expect(await stores.datasets.byId(datasetId)).toMatchObject({ status: 'READY' });
});

it('a dataset whose run is queued while it is about to go stays', async () => {
  const { world } = await withPictures(1);
  const { stores, datasetId } = world;
  const setImportState: Datasets['setImportState'] = async (id, state) => {
    if (state.status === 'DELETING') await stores.runs.create(id, 'conv-autoencoder', {}, null);
    await stores.datasets.setImportState(id, state);
  };
  const changed = { setImportState: { value: setImportState } };
  const datasets = Object.create(stores.datasets, changed) as Datasets;
  const { deletion } = partsOn({ ...stores, datasets });
  await expect(deletion.delete(datasetId)).rejects.toMatchObject({ code: 'DATASET_BUSY' });
  await deletion.close();
  expect(await stores.datasets.byId(datasetId)).toMatchObject({ status: 'READY' });
  expect(await stores.images.count(datasetId, {})).toBe(1);
});

it('a dataset that is being imported stays', async () => {
  const { world } = await withPictures(1);
  await world.stores.datasets.setImportState(world.datasetId, { status: 'IMPORTING' });
  await expect(world.deletion.delete(world.datasetId)).rejects.toMatchObject({
    code: 'DATASET_BUSY',
  });
});
