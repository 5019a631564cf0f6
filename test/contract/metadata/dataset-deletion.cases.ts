import { expect, it } from 'vitest';
import type { Metadata, OpenMetadata } from './metadata.js';
import { claimed, newImage, newIndex, newModel } from './rows.js';

/** A dataset with one image and a run that left two epochs, and a model if it succeeded. */
async function trained(metadata: Metadata, name: string, succeeds: boolean) {
  const { datasets, images, runs, queue } = metadata;
  const { id } = await datasets.findOrCreate(name, name);
  await images.insertMany([newImage(id, 'a', { blobId: `${name} original` })]);
  const [imageId = 0] = await images.ids(id, {});
  const run = await runs.create(id, 'conv-autoencoder', {}, null);
  const { lease } = await claimed(metadata);
  for (const epoch of [1, 2]) {
    const redrawn = [{ imageId, blobId: `${name} redrawn ${epoch}` }];
    const checkpointBlobId = `${name} checkpoint`;
    const finished = { epoch, loss: 1, seconds: 1, checkpointBlobId, reconstructions: redrawn };
    await queue.finishEpoch(lease, finished);
  }
  await runs.appendLog(run.id, 'done');
  const indexes = [newIndex(`${name} train`, 'TRAIN'), newIndex(`${name} test`, 'TEST')];
  const weightsBlobId = `${name} weights`;
  if (succeeds) await queue.succeed(lease, newModel(run.id, id, { weightsBlobId, indexes }));
  else await queue.stop(lease, 'CANCELLED', null);
  return { id, runId: run.id };
}

/** Deletes the images of a dataset first, as it must be. @returns the blobs that were told */
async function emptied({ images }: Metadata, id: number): Promise<string[]> {
  return images.deleteMany(await images.ids(id, {}));
}

export function datasetDeletionCases(open: OpenMetadata): void {
  it('a dataset goes with its runs, models and refusals, and tells their blobs and indexes', async () => {
    const metadata = await open();
    const { datasets, models, runs } = metadata;
    const { id, runId } = await trained(metadata, 'pictures', true);
    await trained(metadata, 'pictures', false);
    await datasets.putRefusals(id, [{ name: 'x', code: 'UPLOAD_TOO_LARGE', message: 'large' }]);
    await emptied(metadata, id);
    const { blobIds, indexIds } = await datasets.delete(id);
    expect(blobIds.sort()).toEqual(['pictures checkpoint', 'pictures weights']);
    expect(indexIds.sort()).toEqual(['pictures test', 'pictures train']);
    expect(await datasets.byId(id)).toBeNull();
    expect(await models.list(null)).toEqual([]);
    expect(await runs.list(null)).toEqual([]);
    expect(await runs.epochs(runId, 0)).toEqual([]);
    expect(await runs.log(runId, 0)).toEqual([]);
    expect(await datasets.countRefusals(id)).toBe(0);
    const again = await datasets.create('pictures', 'Pictures');
    expect(again?.id).toBeGreaterThan(id);
  });

  it('what epochs redrew is told when the images go', async () => {
    const metadata = await open();
    const { id } = await trained(metadata, 'pictures', true);
    expect((await emptied(metadata, id)).sort()).toEqual([
      'pictures original',
      'pictures redrawn 1',
      'pictures redrawn 2',
    ]);
  });

  it('another dataset loses nothing, and blobs that it bears are not told', async () => {
    const metadata = await open();
    const { datasets, images, models, runs } = metadata;
    const { id } = await trained(metadata, 'pictures', true);
    const other = await trained(metadata, 'others', true);
    const shared = ['pictures weights', 'pictures checkpoint'];
    await images.insertMany(shared.map((blobId, at) => newImage(other.id, `${at}`, { blobId })));
    const before = await Promise.all([
      datasets.byId(other.id),
      models.byId(other.runId),
      runs.epochs(other.runId, 0),
      runs.reconstructions(other.runId, null),
      runs.checkpoint(other.runId),
    ]);
    await emptied(metadata, id);
    expect((await datasets.delete(id)).blobIds).toEqual([]);
    expect(
      await Promise.all([
        datasets.byId(other.id),
        models.byId(other.runId),
        runs.epochs(other.runId, 0),
        runs.reconstructions(other.runId, null),
        runs.checkpoint(other.runId),
      ]),
    ).toEqual(before);
  });

  it('a dataset that still has images is not deleted, and loses nothing', async () => {
    const metadata = await open();
    const { datasets, images, models } = metadata;
    const { id, runId } = await trained(metadata, 'pictures', true);
    await expect(datasets.delete(id)).rejects.toMatchObject({ code: 'DATASET_BUSY' });
    expect((await datasets.byId(id))?.activeModelId).toBe(runId);
    expect((await models.byId(runId))?.indexes).toHaveLength(2);
    expect(await images.count(id, {})).toBe(1);
  });

  it('deleting a dataset that is gone tells nothing', async () => {
    const { datasets } = await open();
    expect(await datasets.delete(7)).toEqual({ blobIds: [], indexIds: [] });
  });
}
