import { describe, expect, it } from 'vitest';
import type { Model } from '../../../server/domain/model.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { BulkEmbedder } from '../../../server/services/bulk-embedder.js';
import { Embedder } from '../../../server/services/embedder.service.js';
import { LoadedNetworks } from '../../../server/services/loaded-networks.js';
import { newImage } from '../../contract/metadata/rows.js';
import { BLUE, halves, plain, RED } from '../adapters/picture-files.js';
import { inputOf } from '../ml/pictures.js';
import { openStores, type Stores } from './stores.js';
import { untaughtModel } from './trained-network.js';

async function bulkWorld() {
  const stores = await openStores();
  const model = await untaughtModel(stores, inputOf(28, 28, 3));
  const networks = new LoadedNetworks(createNetworks, stores.blobs);
  const bulk = new BulkEmbedder(networks, stores, createExactSearch);
  return { stores, model, bulk, queries: new Embedder(networks, stores.pictures) };
}

/** Adds pictures as images of the model's dataset. @returns their ids, in order */
async function addImages(stores: Stores, { datasetId }: Model, files: readonly Buffer[]) {
  const blobIds = await stores.blobs.putMany(files);
  const facts = await Promise.all(files.map((file) => stores.pictures.identify(file)));
  await stores.images.insertMany(
    files.map(({ byteLength }, at) =>
      newImage(datasetId, `${at}`, { ...facts[at], byteLength, blobId: blobIds[at] ?? '' }),
    ),
  );
  const ids = await stores.images.ids(datasetId, {});
  return { ids, blobIds };
}

const pictureOf = (shade: number) =>
  halves(40, 30, { r: shade, g: 10, b: 200 }, RED).png().toBuffer();

describe('files are examined', () => {
  it('in order, each refused or told what it is, with and without a model', async () => {
    const { bulk, model } = await bulkWorld();
    const large = await plain(600, 400, RED).jpeg().toBuffer();
    const files = [await pictureOf(1), Buffer.from('<svg/>'), large, large.subarray(0, 600)];
    for (const under of [model, null]) {
      const answers = await bulk.examine(under, files);
      expect(answers).toMatchObject([
        { facts: { format: 'PNG', width: 40, height: 30 }, thumbnail: null },
        {
          refusal: {
            code: 'UPLOAD_NOT_AN_IMAGE',
            message: expect.stringContaining('SVG') as string,
          },
        },
        { facts: { format: 'JPEG', width: 600 }, thumbnail: expect.any(Uint8Array) as Uint8Array },
        { refusal: { code: 'UPLOAD_NOT_AN_IMAGE' } },
      ]);
      const embedded = answers.map((answer) => 'facts' in answer && answer.embedding !== null);
      expect(embedded).toEqual([under !== null, false, under !== null, false]);
    }
  });

  it('and embedded as the same picture is as a query', async () => {
    const { bulk, model, queries } = await bulkWorld();
    const files = await Promise.all(Array.from({ length: 70 }, (_, at) => pictureOf(at * 3)));
    const answers = await bulk.examine(model, files);
    for (const at of [0, 40, 69]) {
      const answer = answers[at];
      if (!answer || !('facts' in answer)) throw new Error('The picture was refused.');
      const picture = files[at] ?? Buffer.alloc(0);
      const vector = await queries.embed(model, { picture, crop: null });
      vector.forEach((value, position) => {
        expect(answer.embedding?.vector[position]).toBeCloseTo(value, 4);
      });
      const [redrawn] = await queries.reconstruct(model, [{ picture, crop: null }]);
      const error = answer.embedding?.reconstructionError;
      expect(error).toBeCloseTo(redrawn?.meanSquaredError ?? -1, 4);
    }
  });

  it('none of them, where there are none', async () => {
    const { bulk, model } = await bulkWorld();
    expect(await bulk.examine(model, [])).toEqual([]);
  });
});

describe('images from the store are embedded', () => {
  it('each by its id, like files; those that are gone are left out', async () => {
    const { bulk, model, stores } = await bulkWorld();
    const files = await Promise.all([10, 90, 200].map(pictureOf));
    const { ids } = await addImages(stores, model, files);
    const { embeddings, failures } = await bulk.embedImages(model, [...ids, 999_999]);
    expect(failures).toEqual([]);
    expect(embeddings.map(({ imageId }) => imageId)).toEqual(ids);
    const examined = await bulk.examine(model, files);
    expect(embeddings).toEqual(
      examined.map((answer, at) => ({
        imageId: ids[at],
        ...('facts' in answer ? answer.embedding : null),
      })),
    );
  });

  it('and what cannot be read or decoded is a failure of that image only', async () => {
    const { bulk, model, stores } = await bulkWorld();
    const files = await Promise.all([10, 90, 200].map(pictureOf));
    const { ids, blobIds } = await addImages(stores, model, files);
    await stores.blobs.delete(blobIds[0] ?? '');
    const [damaged] = await stores.blobs.putMany([(await pictureOf(7)).subarray(0, 90)]);
    await stores.images.insertMany([
      newImage(model.datasetId, 'damaged', { blobId: damaged ?? '', format: 'PNG' }),
    ]);
    const all = await stores.images.ids(model.datasetId, {});
    const { embeddings, failures } = await bulk.embedImages(model, all);
    expect(embeddings.map(({ imageId }) => imageId)).toEqual(ids.slice(1));
    expect(failures).toEqual([
      { imageId: ids[0], message: expect.stringContaining('is gone') as string },
      { imageId: all.at(-1), message: expect.stringContaining('cut short or damaged') as string },
    ]);
  });
});

it('a model that cannot be loaded refuses no picture: the call fails', async () => {
  const { bulk, model, stores } = await bulkWorld();
  const damaged = { ...model, weightsBlobId: await stores.blobs.put(Buffer.from('damaged')) };
  const file = await plain(9, 9, BLUE).png().toBuffer();
  await expect(bulk.examine(damaged, [file])).rejects.toMatchObject({ code: 'CHECKPOINT_CORRUPT' });
  await expect(bulk.embedImages(damaged, [1])).rejects.toMatchObject({
    code: 'CHECKPOINT_CORRUPT',
  });
});
