import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { trainedModel } from '../../contract/metadata/rows.js';
import { servicesOn } from './search-world.js';
import { openStores, trainingServiceOn } from './stores.js';
import { file, partsOn, picture, writerWorld } from './writer-world.js';

/** Blobs of a process that ends before it deletes any. */
class EndingBlobs extends FileSystemBlobs {
  override deleteMany(): Promise<void> {
    return Promise.reject(new Error('The process has ended.'));
  }
}

it('originals whose deletion was cut off are deleted at the next start, but no others', async () => {
  const world = await writerWorld();
  const { stores, datasetId, writer } = world;
  const added = await writer.add(datasetId, [
    ...[1, 2, 3].map((number) => file(`${number}.png`, picture(number))),
  ]);
  const [first = '', second = '', third = ''] = added.map(({ image }) => image?.blobId ?? '');
  const ids = added.flatMap(({ image }) => image?.id ?? []);
  const blobs = new EndingBlobs(join(stores.indexFolder, '..', 'blobs'));
  onTestFinished(() => blobs.close());
  await expect(partsOn({ ...stores, blobs }).writer.delete(ids.slice(0, 2))).rejects.toThrow();
  expect(await stores.images.ids(datasetId, {})).toEqual(ids.slice(2));
  const next = partsOn(stores);
  await next.writer.add(datasetId, [file('again.png', picture(2))]);
  await next.leftovers.sweep();
  await expect(stores.blobs.get(first)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  expect((await stores.blobs.getMany([second, third])).length).toBe(2);
  expect(await stores.doomed.next(9)).toEqual([]);
});

it('weights that two models share go with the second of them', async () => {
  const stores = await openStores();
  const { models } = servicesOn(stores);
  const weightsBlobId = await stores.blobs.put(Buffer.from('weights'));
  const [first, second] = [
    await trainedModel(stores, { weightsBlobId, indexes: [] }),
    await trainedModel(stores, { weightsBlobId, indexes: [] }),
  ];
  await trainedModel(stores);
  await models.delete(first);
  expect(await stores.blobs.get(weightsBlobId)).toHaveLength(7);
  await models.delete(second);
  await expect(stores.blobs.get(weightsBlobId)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  expect(await stores.doomed.next(9)).toEqual([]);
});

it('a checkpoint with the bytes of a model stays when its run is deleted', async () => {
  const stores = await openStores();
  const service = await trainingServiceOn(stores);
  const blobId = await stores.blobs.put(Buffer.from('weights'));
  await trainedModel(stores, { weightsBlobId: blobId });
  const { id } = await stores.runs.create(1, 'conv-autoencoder', {}, null);
  const claim = await stores.queue.claim(3);
  if (!claim) throw new Error('No run waits.');
  const epoch = { epoch: 1, loss: 1, seconds: 1, checkpointBlobId: blobId, reconstructions: [] };
  await stores.queue.finishEpoch(claim.lease, epoch);
  await stores.queue.stop(claim.lease, 'FAILED', null);
  await service.delete(id);
  expect(await stores.blobs.get(blobId)).toHaveLength(7);
});
