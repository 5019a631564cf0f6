import { expect, it } from 'vitest';
import { randomEmbeddings } from '../vectors.js';
import type { OpenMetadata } from './metadata.js';
import { datasetWithImages, newIndex, newModel, trainedModel } from './rows.js';

export function modelsCases(open: OpenMetadata): void {
  it('a model comes back as its run left it, its TRAIN index first', async () => {
    const metadata = await open();
    const indexes = [newIndex('b', 'TEST'), newIndex('a', 'TRAIN')];
    const id = await trainedModel(metadata, { indexes });
    const model = await metadata.models.byId(id);
    const { createdAt, ...rest } = model ?? { createdAt: null };
    expect(rest).toEqual(newModel(id, model?.datasetId ?? 0, { indexes: [...indexes].reverse() }));
    expect(createdAt).toBeInstanceOf(Date);
  });

  it('a model without held-out images has one index', async () => {
    const metadata = await open();
    const id = await trainedModel(metadata, { indexes: [newIndex('a', 'TRAIN')] });
    expect((await metadata.models.byId(id))?.indexes).toEqual([newIndex('a', 'TRAIN')]);
  });

  it('models are listed newest first, each with its own indexes, of all datasets or of one', async () => {
    const metadata = await open();
    const [first, second] = [await trainedModel(metadata), await trainedModel(metadata)];
    const { id: other } = await metadata.datasets.findOrCreate('others', 'Others');
    const listed = await metadata.models.list(null);
    expect(listed.map(({ id }) => id)).toEqual([second, first]);
    expect(listed.map(({ indexes }) => indexes.map(({ id }) => id))).toEqual([
      [`train-${second}`, `test-${second}`],
      [`train-${first}`, `test-${first}`],
    ]);
    expect(await metadata.models.list(listed[0]?.datasetId ?? 0)).toEqual(listed);
    expect(await metadata.models.list(other)).toEqual([]);
  });

  it('an unknown model is null', async () => {
    const { models } = await open();
    expect(await models.byId(1)).toBeNull();
    expect(await models.list(null)).toEqual([]);
  });

  it('a rebuilt index takes the place of the one of its split only', async () => {
    const metadata = await open();
    const [untouched, id] = [await trainedModel(metadata), await trainedModel(metadata)];
    const rebuilt = newIndex('rebuilt', 'TEST', 4);
    expect(await metadata.models.putIndex(id, `test-${id}`, rebuilt)).toBe(true);
    expect(await metadata.models.putIndex(id, `test-${id}`, rebuilt)).toBe(false);
    const indexIds = async (model: number) =>
      (await metadata.models.byId(model))?.indexes.map((index) => index.id);
    expect(await indexIds(id)).toEqual([`train-${id}`, 'rebuilt']);
    expect(await indexIds(untouched)).toEqual([`train-${untouched}`, `test-${untouched}`]);
  });

  it('the active model is not deleted and loses nothing', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 2);
    const [imageId = 0] = imageIds;
    const id = await trainedModel(metadata);
    await metadata.embeddings.putMany(id, randomEmbeddings(imageIds, 3, 1));
    expect(await metadata.models.delete(id)).toBeNull();
    expect((await metadata.models.byId(id))?.indexes).toHaveLength(2);
    expect(await metadata.embeddings.findMany(id, [imageId])).toHaveLength(1);
  });

  it('a deleted model takes its embeddings along and leaves those of others, and its run', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 2);
    const [imageId = 0] = imageIds;
    const [old, active] = [await trainedModel(metadata), await trainedModel(metadata)];
    for (const id of [old, active]) {
      await metadata.embeddings.putMany(id, randomEmbeddings(imageIds, 3, id));
    }
    expect(await metadata.models.delete(old)).toEqual([]);
    expect(await metadata.models.byId(old)).toBeNull();
    expect(await metadata.embeddings.findMany(old, [imageId])).toEqual([]);
    expect(await metadata.embeddings.findMany(active, [imageId])).toHaveLength(1);
    expect(await metadata.runs.byId(old)).toMatchObject({ status: 'SUCCEEDED', modelId: null });
    expect((await metadata.models.list(null)).map(({ id }) => id)).toEqual([active]);
  });

  it('deleting an unknown model is refused', async () => {
    const { models } = await open();
    expect(await models.delete(7)).toBeNull();
  });
}
