import { describe, expect, it, vi } from 'vitest';
import type { Example } from '../../../server/services/search-query-examples.js';
import { newImage } from '../../contract/metadata/rows.js';
import { seenShapes } from './search-pictures.js';
import { direction, modelOf, searchOver } from './search-world.js';

const OPTIONS = { k: 1, filter: {}, modelId: null };
const MEGABYTE = 1024 * 1024;

/** Files of so many bytes, and how many of them have been read. */
function files(sizes: readonly number[]) {
  const read: number[] = [];
  const examples = sizes.map((size): Example => {
    const bytes = () => {
      read.push(size);
      return Promise.resolve(new Uint8Array(size));
    };
    return { bytes, crop: null };
  });
  return { read, examples };
}

describe('the files of a search', () => {
  it('are not read before they are counted', async () => {
    const world = await searchOver([0, 90], []);
    await modelOf(world.stores);
    const { read, examples } = files(Array<number>(21).fill(1));
    const [one] = examples.map((example) => ({ positives: [example], negatives: [] }));
    const queries = one ? Array.from({ length: 51 }, () => one) : [];
    for (const asked of [
      queries,
      [{ positives: examples, negatives: [] }],
      [{ positives: examples.slice(1), negatives: examples }],
    ]) {
      const searching = world.search.search(world.datasetId, asked, OPTIONS);
      await expect(searching).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
    const nothing = [...queries.slice(0, 1), { positives: [], negatives: [] }];
    const searching = world.search.search(world.datasetId, nothing, OPTIONS);
    await expect(searching).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
    expect(read).toEqual([]);
  });

  it('are in memory a few at a time: as many bytes as are sent at once, and the next one', async () => {
    const { examples: pictures, datasetId } = await searchOver([], []);
    const sizes = [9, 6, 2, 40, 1, 1].map((size) => size * MEGABYTE);
    const { read, examples } = files([...sizes, ...Array<number>(17).fill(1)]);
    const batches: number[][] = [];
    let reads = 0;
    for await (const batch of pictures.batches(datasetId, [{ vector: [1] }, ...examples])) {
      batches.push(batch.map(({ example }) => examples.indexOf(example)));
      reads += batch.length;
      expect(read.length).toBeLessThanOrEqual(reads + 1);
    }
    expect(batches.map(({ length }) => length)).toEqual([2, 1, 1, 16, 3]);
    expect(batches.flat()).toEqual([...examples.keys()]);
  });
});

it('images are sent to be redrawn few at a time, and come back in order', async () => {
  const { stores, datasetId, model, models, runtime, first: shape } = await seenShapes(24);
  const { blobId, format, width, height, channels } = shape;
  const large = { blobId, format, width, height, channels, byteLength: 7 * MEGABYTE };
  const names = ['a', 'b', 'c', 'd', 'e'];
  await stores.images.insertMany(names.map((name) => newImage(datasetId, name, large)));
  const rows = await stores.images.byNames(datasetId, names);
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  const sending = vi.spyOn(runtime, 'reconstruct');
  const redrawn = await models.reconstructions(model, ids);
  expect(redrawn.map(({ image }) => image.id)).toEqual(ids);
  expect(sending.mock.calls.map(([, pictures]) => pictures.length)).toEqual([2, 2, 1]);
});

it('a dataset that is being deleted is not searched any more', async () => {
  const { stores, datasetId, search, models } = await searchOver([0, 90], []);
  const modelId = await modelOf(stores);
  const queries = [{ positives: [{ vector: [...direction(1)] }], negatives: [] }];
  expect(await search.search(datasetId, queries, OPTIONS)).toHaveLength(1);
  await stores.datasets.setImportState(datasetId, { status: 'DELETING' });
  await expect(search.search(datasetId, queries, OPTIONS)).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
    message: expect.stringContaining('is being deleted') as string,
  });
  await expect(models.forSearch(datasetId, modelId)).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
  });
});

it('what a search needs to know of its model is not asked for twice, until something changes', async () => {
  const { stores, datasetId, models } = await searchOver([0, 90], []);
  const modelId = await modelOf(stores);
  const asked = [vi.spyOn(stores.datasets, 'byId'), vi.spyOn(stores.models, 'byId')];
  const times = () => asked.map(({ mock }) => mock.calls.length);
  const first = await models.forSearch(datasetId, modelId);
  expect(times()).toEqual([1, 1]);
  expect(await models.forSearch(datasetId, modelId)).toEqual(first);
  expect(times()).toEqual([1, 1]);
  await stores.datasets.setImportState(datasetId, { status: 'READY' });
  expect(await models.forSearch(datasetId, modelId)).toEqual(first);
  expect(times()).toEqual([2, 2]);
});
