import { describe, expect, it } from 'vitest';
import type { ImageFilter } from '../../../server/domain/image.js';
import { seededRandom } from '../../../server/domain/random.js';
import type { SimilarImages } from '../../../server/services/search.service.js';
import { newImage } from '../../contract/metadata/rows.js';
import { direction, modelOf, removedFrom, searchOver, addedTo } from './search-world.js';

const COLOURS = ['red', 'green', 'blue'];

/** 1,500 images in both splits, most with a label and a colour; `lonely` is on one alone. */
async function manyKinds() {
  const world = await searchOver([], []);
  const random = seededRandom(21);
  const images = Array.from({ length: 1500 }, (_, at) =>
    newImage(world.datasetId, `many/${(random() * 360).toFixed(6)}`, {
      split: random() < 0.3 ? 'TEST' : 'TRAIN',
      label:
        at === 300 ? 'lonely' : at % 7 === 0 ? null : `label ${Math.floor(random() ** 3 * 12)}`,
      metadata: [{ key: 'colour', value: COLOURS[Math.floor(random() * 3)] ?? '' }],
    }),
  );
  await world.stores.images.insertMany(images);
  const modelId = await modelOf(world.stores);
  return { ...world, modelId, random };
}

const idsIn = ({ neighbours }: SimilarImages) => neighbours.map(({ image }) => image.id);

describe('a filtered search', () => {
  it('gives min(k, matches) images, the nearest of them all, whatever the filter', async () => {
    const { stores, datasetId, search, random } = await manyKinds();
    const all = await stores.images.byIds(await stores.images.ids(datasetId, {}));
    const distanceTo = (degrees: number, name: string) =>
      1 - Math.cos(((Number(name.split('/')[1]) - degrees) * Math.PI) / 180);
    const pick = <T>(values: readonly T[]): T | undefined =>
      values[Math.floor(random() * values.length)];
    for (let round = 0; round < 120; round += 1) {
      const label = pick([undefined, 'lonely', 'label 0', 'label 11', 'label 5', 'no such label']);
      const split = pick([undefined, undefined, 'TRAIN', 'TEST'] as const);
      const colour = pick([undefined, ...COLOURS]);
      const metadata = colour === undefined ? null : [{ key: 'colour', value: colour }];
      const filter: ImageFilter = { label, split, metadata };
      const k = pick([1, 7, 40, 400, 1000]) ?? 1;
      const degrees = random() * 360;
      const query = { positives: [{ vector: [...direction(degrees)] }], negatives: [] };
      const [answer] = await search.search(datasetId, [query], { k, filter, modelId: null });
      const matching = new Set(await stores.images.ids(datasetId, filter));
      const nearest = all
        .filter(({ id }) => matching.has(id))
        .sort((a, b) => distanceTo(degrees, a.name) - distanceTo(degrees, b.name))
        .slice(0, k);
      expect(answer?.neighbours.length).toBe(nearest.length);
      const farthest = nearest.at(-1);
      if (!farthest || !answer) continue;
      expect(answer.neighbours.every(({ image }) => matching.has(image.id))).toBe(true);
      // HNSW may miss one of the nearest; what is scanned may not.
      const wanted = new Set(nearest.map(({ id }) => id));
      const missed = idsIn(answer).filter((id) => !wanted.has(id)).length;
      expect(missed).toBeLessThanOrEqual(matching.size <= 200 ? 0 : Math.ceil(k * 0.02));
    }
  });

  it('leaves the query out of the count of matches', async () => {
    const { stores, datasetId, search } = await manyKinds();
    const [lonely = 0] = await stores.images.ids(datasetId, { label: 'lonely' });
    const options = { k: 5, filter: { label: 'lonely' }, modelId: null };
    expect(idsIn(await search.similarToImage(lonely, options))).toEqual([]);
    const other = (await stores.images.ids(datasetId, { label: 'label 0' }))[0] ?? 0;
    expect(idsIn(await search.similarToImage(other, options))).toEqual([lonely]);
  });

  it('searches the index of the split alone', async () => {
    const { stores, datasetId, search } = await manyKinds();
    const [query = 0] = await stores.images.ids(datasetId, {});
    const filter = { split: 'TEST', label: 'label 0' } as const;
    const answer = await search.similarToImage(query, { k: 9, filter, modelId: null });
    expect(answer.indexes.map(({ split }) => split)).toEqual(['TEST']);
    expect(answer.neighbours.every(({ image }) => image.split === 'TEST')).toBe(true);
  });

  it('sees what is added, and not what is deleted, once the matches are forgotten', async () => {
    const world = await manyKinds();
    const { stores, datasetId, search, matches, modelId } = world;
    const [query = 0] = await stores.images.ids(datasetId, { label: 'label 0' });
    const options = { k: 5, filter: { label: 'lonely' }, modelId: null };
    await search.similarToImage(query, options);
    const [lonely = 0] = await stores.images.ids(datasetId, { label: 'lonely' });
    const twin = { ...newImage(datasetId, 'added/1', { label: 'lonely' }), vector: direction(1) };
    const [added = 0] = await addedTo(world, modelId, [twin]);
    matches.forget(datasetId);
    expect(idsIn(await search.similarToImage(query, options)).sort()).toEqual(
      [lonely, added].sort(),
    );
    await removedFrom(world, [lonely]);
    matches.forget(datasetId);
    expect(idsIn(await search.similarToImage(query, options))).toEqual([added]);
  });

  it('gives as many as there are even where nobody has said what is deleted', async () => {
    const { stores, datasetId, search } = await manyKinds();
    const query = { positives: [{ vector: [...direction(77)] }], negatives: [] };
    const options = { k: 20, filter: {}, modelId: null };
    const [before] = await search.search(datasetId, [query], options);
    await stores.images.deleteMany(before ? idsIn(before) : []);
    const [after] = await search.search(datasetId, [query], options);
    expect(after?.neighbours).toHaveLength(20);
    expect(after?.neighbours.map(({ rank }) => rank)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
  });
});
