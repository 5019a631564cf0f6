import { expect, it } from 'vitest';
import { randomEmbeddings } from '../vectors.js';
import type { OpenMetadata } from './metadata.js';
import { claimed, datasetWithImages, newImage, queuedRun, trainedModel } from './rows.js';

export function doomedBlobsCases(open: OpenMetadata): void {
  it('what deleted images bore is doomed until it is said to be gone', async () => {
    const metadata = await open();
    const { id } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    const names = ['a', 'b', 'c', 'd', 'e'];
    await metadata.images.insertMany(names.map((name) => newImage(id, name, { blobId: name })));
    await metadata.images.deleteMany(await metadata.images.ids(id, {}));
    const { doomed } = metadata.connectAgain();
    expect(await doomed.next(2)).toEqual(['a', 'b']);
    await doomed.forget(['a', 'b', 'd']);
    expect(await doomed.next(9)).toEqual(['c', 'e']);
  });

  it('what somebody bears again is doomed no more', async () => {
    const metadata = await open();
    const { id } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    const rows = ['a', 'b', 'c'].map((name) => newImage(id, name, { blobId: name }));
    await metadata.images.insertMany(rows);
    await metadata.images.deleteMany(await metadata.images.ids(id, {}));
    await metadata.images.insertMany(rows.slice(0, 2));
    expect(await metadata.doomed.next(1)).toEqual(['c']);
    await metadata.doomed.forget(['c']);
    expect(await metadata.doomed.next(1)).toEqual([]);
  });

  it('of blobs whose rows never came those are doomed that nobody bears', async () => {
    const metadata = await open();
    const { id } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    await metadata.images.insertMany([newImage(id, 'a', { blobId: 'a' })]);
    expect(await metadata.doomed.addUnused(['a', 'b', 'c', 'b'])).toEqual(['b', 'c']);
    expect(await metadata.connectAgain().doomed.next(9)).toEqual(['b', 'c']);
  });

  it('the weights of a deleted model are told and doomed, unless another model bears them', async () => {
    const metadata = await open();
    const first = await trainedModel(metadata, { weightsBlobId: 'shared' });
    const second = await trainedModel(metadata, { weightsBlobId: 'shared' });
    await trainedModel(metadata, { weightsBlobId: 'other' });
    expect(await metadata.models.delete(first)).toEqual([]);
    expect(await metadata.doomed.next(9)).toEqual([]);
    expect(await metadata.models.delete(second)).toEqual(['shared']);
    expect(await metadata.doomed.next(9)).toEqual(['shared']);
  });

  it('the checkpoint of a deleted run is told, unless a model or another run bears it', async () => {
    const metadata = await open();
    await trainedModel(metadata, { weightsBlobId: 'weights' });
    const told: unknown[] = [];
    const ended = async (checkpointBlobId: string) => {
      const { id } = await queuedRun(metadata);
      const { lease } = await claimed(metadata);
      const epoch = { epoch: 1, loss: 1, seconds: 1, checkpointBlobId, reconstructions: [] };
      await metadata.queue.finishEpoch(lease, epoch);
      await metadata.queue.stop(lease, 'CANCELLED', null);
      return id;
    };
    const ids = [await ended('weights'), await ended('twin'), await ended('twin')];
    for (const id of ids) told.push(await metadata.runs.delete(id));
    expect(told).toEqual([[], [], ['twin']]);
  });

  it('more embeddings than are deleted in a turn go with their model', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 4500);
    const [old, active] = [await trainedModel(metadata), await trainedModel(metadata)];
    await metadata.embeddings.putMany(old, randomEmbeddings(imageIds, 2, 1));
    await metadata.embeddings.putMany(active, randomEmbeddings(imageIds, 2, 2));
    await metadata.models.delete(old);
    expect(await metadata.embeddings.ids(old, 'TRAIN')).toEqual([]);
    expect(await metadata.embeddings.ids(active, 'TRAIN')).toHaveLength(4500);
  });

  it('embeddings of models that are gone are orphans, those of runs without a model are not', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 3);
    const [gone, active] = [await trainedModel(metadata), await trainedModel(metadata)];
    await metadata.models.delete(gone);
    const { id: running } = await queuedRun(metadata);
    await claimed(metadata);
    const never = running + 100;
    for (const id of [gone, active, running, never]) {
      await metadata.embeddings.putMany(id, randomEmbeddings(imageIds.slice(1), 2, id));
      const failure = { imageId: imageIds[0] ?? 0, message: 'damaged' };
      await metadata.embeddings.putFailures(id, [failure]);
    }
    await metadata.embeddings.deleteOrphans();
    const left = async (id: number) => [
      (await metadata.embeddings.ids(id, 'TRAIN')).length,
      (await metadata.embeddings.counts(id, 1)).FAILED,
    ];
    expect(await left(gone)).toEqual([0, 0]);
    expect(await left(never)).toEqual([0, 0]);
    expect(await left(active)).toEqual([2, 1]);
    expect(await left(running)).toEqual([2, 1]);
  });
}
