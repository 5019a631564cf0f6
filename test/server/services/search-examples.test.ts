import { describe, expect, it } from 'vitest';
import type { Example, SearchQuery } from '../../../server/services/search-query-examples.js';
import { newImage } from '../../contract/metadata/rows.js';
import { addedTo, direction, idOf, modelOf, searchOver } from './search-world.js';

const OPTIONS = { k: 3, filter: {}, modelId: null };
const toward = (degrees: number): Example => ({ vector: [...direction(degrees)] });
const query = (positives: Example[], negatives: Example[] = []): SearchQuery => ({
  positives,
  negatives,
});

async function asked() {
  const world = await searchOver([0, 20, 40, 60, 80, 100], [50, 130]);
  const modelId = await modelOf(world.stores, 0, {
    statistics: {
      distanceQuantiles: Array.from({ length: 201 }, (_, at) => (at / 200) ** 2),
      errorQuantiles: [],
    },
  });
  const image = async (name: string): Promise<Example> => ({
    imageId: await idOf(world.stores, world.datasetId, name),
    crop: null,
  });
  const names = async (...queries: SearchQuery[]) =>
    (await world.search.search(world.datasetId, queries, OPTIONS)).map(({ neighbours }) =>
      neighbours.map((each) => each.image.name),
    );
  return { ...world, modelId, image, names };
}

describe('many queries at once', () => {
  it('are answered in their order', async () => {
    const { names, image } = await asked();
    expect(await names(query([toward(90)]), query([await image('train/0')]))).toEqual([
      ['train/80', 'train/100', 'train/60'],
      ['train/20', 'train/40', 'test/50'],
    ]);
  });

  it('tell the image that they are, and what they were to be like', async () => {
    const { search, datasetId, image } = await asked();
    const example = await image('train/20');
    const answers = await search.search(
      datasetId,
      [query([example]), query([example, toward(3)]), query([toward(3)])],
      OPTIONS,
    );
    expect(answers.map((answer) => answer.query?.name)).toEqual(['train/20', undefined, undefined]);
    expect(answers[1]?.positives).toEqual([example, toward(3)]);
  });

  it.each([
    ['none', []],
    ['51', Array.from({ length: 51 }, () => query([toward(0)]))],
    ['21 positives', [query(Array.from({ length: 21 }, () => toward(0)))]],
    [
      '21 negatives',
      [
        query(
          [toward(0)],
          Array.from({ length: 21 }, () => toward(90)),
        ),
      ],
    ],
  ])('are refused: %s', async (_, queries) => {
    const { search, datasetId } = await asked();
    const asking = search.search(datasetId, queries, OPTIONS);
    await expect(asking).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('are refused where one has no positive example', async () => {
    const { search, datasetId } = await asked();
    const asking = search.search(datasetId, [query([], [toward(0)])], OPTIONS);
    await expect(asking).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
  });
});

describe('several examples together', () => {
  it('are sought between them, and are no answer themselves', async () => {
    const { names, image } = await asked();
    const both = query([await image('train/20'), await image('train/80')]);
    expect(await names(both)).toEqual([['test/50', 'train/40', 'train/60']]);
  });

  it('turn away from negative ones, which are no answer either', async () => {
    const { names, image } = await asked();
    const [plain, turned] = await names(
      query([toward(54)]),
      query([toward(54)], [await image('train/20')]),
    );
    expect(plain).toEqual(['test/50', 'train/60', 'train/40']);
    expect(turned).toEqual(['train/80', 'train/60', 'train/100']);
  });

  it('may be given twice', async () => {
    const { names, image } = await asked();
    const example = await image('train/40');
    expect(await names(query([example, example], [toward(170), toward(170)]))).toHaveLength(1);
  });

  it('are refused where they cancel each other out', async () => {
    const { search, datasetId } = await asked();
    const asking = search.search(datasetId, [query([toward(0), toward(180)])], OPTIONS);
    await expect(asking).rejects.toMatchObject({ code: 'VECTOR_INVALID' });
  });
});

it('a neighbour tells which share of random pairs is farther apart', async () => {
  const { search, datasetId } = await asked();
  const [answer] = await search.search(datasetId, [query([toward(0)])], { ...OPTIONS, k: 8 });
  for (const { distance, percentile } of answer?.neighbours ?? []) {
    expect(percentile).toBeCloseTo(Math.max(0, 1 - distance), 4);
  }
  expect(answer?.neighbours).toHaveLength(8);
});

it('a picture without a direction is at distance 1 from all, and finds and is found all the same', async () => {
  const world = await asked();
  const black = { ...newImage(world.datasetId, 'black/0'), vector: new Float32Array(2) };
  const [imageId = 0] = await addedTo(world, world.modelId, [black]);
  const ofBlack = await world.search.similarToImage(imageId, { ...OPTIONS, k: 20 });
  expect(ofBlack.neighbours).toHaveLength(8);
  expect(ofBlack.neighbours.every(({ distance }) => distance === 1)).toBe(true);
  const [others] = await world.names(query([toward(200)]));
  expect(others).toEqual(['test/130', 'black/0', 'train/100']);
});

describe('an example that is no image to search with', () => {
  it('is refused where it belongs to another dataset', async () => {
    const { stores, search, datasetId } = await asked();
    const { id } = await stores.datasets.findOrCreate('others', 'Others');
    await stores.images.insertMany([newImage(id, 'stranger')]);
    const [imageId = 0] = await stores.images.ids(id, {});
    const asking = search.search(datasetId, [query([{ imageId, crop: null }])], OPTIONS);
    await expect(asking).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      message: expect.stringContaining(`dataset ${id}`) as string,
    });
  });

  it('is refused while it waits, or because it cannot be embedded, in words', async () => {
    const { stores, search, datasetId, modelId } = await asked();
    await stores.images.insertMany([newImage(datasetId, 'new')]);
    const imageId = await idOf(stores, datasetId, 'new');
    const ask = () => search.similarToImage(imageId, OPTIONS);
    await expect(ask()).rejects.toMatchObject({
      code: 'IMAGE_NOT_EMBEDDED',
      message: expect.stringContaining('in a moment') as string,
    });
    await stores.embeddings.putFailures(modelId, [{ imageId, message: 'It is cut short.' }]);
    await expect(ask()).rejects.toMatchObject({
      code: 'IMAGE_NOT_EMBEDDED',
      message: expect.stringContaining('It is cut short.') as string,
    });
  });
});
