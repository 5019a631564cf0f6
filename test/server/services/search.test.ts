import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { LookalikeError } from '../../../server/domain/errors.js';
import type { SearchOptions, SimilarImages } from '../../../server/services/search.service.js';
import { newImage } from '../../contract/metadata/rows.js';
import { idOf, modelOf, searchOver, servicesOn } from './search-world.js';

const TRAIN = [0, 10, 21, 40, 80, 160];
const TEST = [5, 14, 90];

/** The world with one model, asked for what is like the image of a name. */
async function asked() {
  const world = await searchOver(TRAIN, TEST);
  const modelId = await modelOf(world.stores);
  const ask = async (name: string, options: Partial<SearchOptions> = {}) => {
    const id = await idOf(world.stores, world.datasetId, name);
    return world.search.similarToImage(id, { k: 3, filter: {}, modelId: null, ...options });
  };
  return { ...world, modelId, ask };
}

const namesIn = ({ neighbours }: SimilarImages) => neighbours.map(({ image }) => image.name);

describe('the images most like one', () => {
  it('are the nearest of both splits, itself left out, nearest first', async () => {
    const { ask } = await asked();
    const answer = await ask('train/10', { k: 4 });
    expect(namesIn(answer)).toEqual(['test/14', 'test/5', 'train/0', 'train/21']);
    expect(namesIn(await ask('test/90', { k: 2 }))).toEqual(['train/80', 'train/40']);
  });

  it('bear rank, distance and similarity', async () => {
    const { ask } = await asked();
    const { neighbours } = await ask('train/0', { k: 9 });
    expect(neighbours.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { image, distance, similarity } of neighbours) {
      const degrees = Number(image.name.split('/')[1]);
      expect(similarity).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 5);
      expect(distance).toBeCloseTo(1 - similarity, 5);
    }
  });

  it('are of one split only when asked so', async () => {
    const { ask } = await asked();
    const train = await ask('train/10', { filter: { split: 'TRAIN' } });
    expect(namesIn(train).slice(0, 2).sort()).toEqual(['train/0', 'train/21']);
    expect(namesIn(train)).toHaveLength(3);
    const test = await ask('train/10', { filter: { split: 'TEST' }, k: 100 });
    expect(namesIn(test).at(-1)).toBe('test/90');
    expect(namesIn(test)).toHaveLength(3);
  });

  it.each([
    [1, 1],
    [8, 8],
    [1000, 8],
  ])('are %i asked for, %i of nine images given', async (k, given) => {
    const { ask } = await asked();
    const answer = await ask('train/21', { k });
    expect(answer.neighbours).toHaveLength(given);
    expect(namesIn(answer)).not.toContain('train/21');
  });

  it('are sought no further when nobody waits for them any more', async () => {
    const { search, datasetId, stores } = await asked();
    const imageId = await idOf(stores, datasetId, 'train/0');
    const query = { positives: [{ imageId, crop: null }], negatives: [] };
    const reason = new LookalikeError('TIMED_OUT');
    const options = { k: 3, filter: {}, modelId: null, signal: AbortSignal.abort(reason) };
    await expect(search.search(datasetId, [query, query], options)).rejects.toBe(reason);
  });

  it('come with the query and with what they were computed from', async () => {
    const { ask, modelId } = await asked();
    const answer = await ask('test/5');
    expect(answer.query?.name).toBe('test/5');
    expect(answer.model.id).toBe(modelId);
    expect(answer.indexes).toEqual(answer.model.indexes);
    const ofOne = await ask('test/5', { filter: { split: 'TEST' } });
    expect(ofOne.indexes.map(({ split, size }) => [split, size])).toEqual([['TEST', 3]]);
  });

  it('leave itself out even when twins are just as near', async () => {
    const world = await searchOver([30, 50], []);
    const twins = Array.from({ length: 40 }, (_, at) => newImage(world.datasetId, `twin/30/${at}`));
    await world.stores.images.insertMany(twins);
    await modelOf(world.stores);
    const id = await idOf(world.stores, world.datasetId, 'train/30');
    const options = { k: 5, filter: {}, modelId: null };
    const { neighbours } = await world.search.similarToImage(id, options);
    expect(neighbours).toHaveLength(5);
    expect(neighbours.every(({ image }) => image.name.startsWith('twin/30/'))).toBe(true);
  });
});

describe('the model that answers', () => {
  it('is the active one, or the one that is named', async () => {
    const { stores, ask, modelId, choice } = await asked();
    const newer = await modelOf(stores, 90);
    expect((await ask('train/0')).model.id).toBe(newer);
    expect((await ask('train/0', { modelId })).model.id).toBe(modelId);
    await choice.activate(modelId, false);
    expect((await ask('train/0')).model.id).toBe(modelId);
  });

  it('must exist and belong to the dataset', async () => {
    const { stores, ask, modelId, search } = await asked();
    await expect(ask('train/0', { modelId: 99 })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
    const { id } = await stores.datasets.findOrCreate('others', 'Others');
    await stores.images.insertMany([newImage(id, 'stranger')]);
    const [stranger = 0] = await stores.images.ids(id, {});
    const options = { k: 1, filter: {} };
    await expect(search.similarToImage(stranger, { ...options, modelId })).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
    await expect(
      search.similarToImage(stranger, { ...options, modelId: null }),
    ).rejects.toMatchObject({ code: 'NO_ACTIVE_MODEL' });
  });

  it('must have seen the image', async () => {
    const { stores, datasetId, ask } = await asked();
    await stores.images.insertMany([newImage(datasetId, 'train/33')]);
    await expect(ask('train/33')).rejects.toMatchObject({ code: 'IMAGE_NOT_EMBEDDED' });
  });
});

it.each([0, -1, 1001, 2.5, Number.NaN])('k = %d is refused', async (k) => {
  const { ask, search, datasetId } = await asked();
  await expect(ask('train/0', { k })).rejects.toMatchObject({ code: 'K_OUT_OF_RANGE' });
  const upload = search.similarToUpload(datasetId, new Uint8Array(), {
    k,
    filter: {},
    modelId: null,
  });
  await expect(upload).rejects.toMatchObject({ code: 'K_OUT_OF_RANGE' });
});

it('an unknown image and an unknown dataset are refused', async () => {
  const { search } = await asked();
  const options = { k: 1, filter: {}, modelId: null };
  await expect(search.similarToImage(4711, options)).rejects.toMatchObject({
    code: 'IMAGE_NOT_FOUND',
  });
  await expect(search.similarToUpload(4711, new Uint8Array(), options)).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
  });
});

describe('a damaged index', () => {
  it('is told, rebuilt from the embeddings, and answers as before', async () => {
    const { stores, datasetId, ask, modelId } = await asked();
    const before = namesIn(await ask('train/0'));
    const damaged = (await stores.models.byId(modelId))?.indexes[0]?.id ?? '';
    const graph = join(stores.indexFolder, damaged, 'graph.hnsw');
    const bytes = await readFile(graph);
    await writeFile(graph, bytes.subarray(0, bytes.length - 8));

    // A server that starts now has nothing of it in memory.
    const { search } = servicesOn(stores);
    const id = await idOf(stores, datasetId, 'train/0');
    const options = { k: 3, filter: {}, modelId: null };
    await expect(search.similarToImage(id, options)).rejects.toMatchObject({
      code: 'INDEX_CORRUPT',
    });
    const answer = await vi.waitFor(() => search.similarToImage(id, options), { timeout: 20_000 });
    expect(namesIn(answer)).toEqual(before);
    // It is deleted after the new one answers.
    await vi.waitFor(async () => expect(await stores.indexes.list()).not.toContain(damaged));
  });

  it('does not keep the other split from answering', async () => {
    const { stores, datasetId, modelId } = await asked();
    const [train] = (await stores.models.byId(modelId))?.indexes ?? [];
    await stores.indexes.delete(train?.id ?? '');
    const { search } = servicesOn(stores);
    const id = await idOf(stores, datasetId, 'test/5');
    const answer = await search.similarToImage(id, {
      k: 2,
      filter: { split: 'TEST' as const },
      modelId: null,
    });
    expect(namesIn(answer)).toEqual(['test/14', 'test/90']);
  });
});
