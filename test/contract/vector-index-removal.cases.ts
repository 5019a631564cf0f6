import { expect, it } from 'vitest';
import type { VectorIndex, VectorIndexes } from '../../server/ports/vector-indexes.js';
import { exactNearest, randomEmbeddings } from './vectors.js';

const SPEC = { dimension: 16, m: 16, efConstruction: 200 };
const IDS = Array.from({ length: 600 }, (_, at) => 50 + at * 3);
const EMBEDDINGS = randomEmbeddings(IDS, SPEC.dimension, 21);
const [QUERY] = randomEmbeddings([0], SPEC.dimension, 22);

/** What a loaded index promises of what is in it, what is taken out, and what is wanted. */
export function vectorIndexRemovalCases(
  open: () => Promise<{ readonly indexes: VectorIndexes }>,
): void {
  const query = QUERY?.vector ?? new Float32Array(SPEC.dimension);
  const loaded = async (): Promise<{ index: VectorIndex; reopen: () => Promise<VectorIndex> }> => {
    const { indexes } = await open();
    async function* batches() {
      await Promise.resolve();
      yield EMBEDDINGS;
    }
    const { id } = await indexes.build(SPEC, batches(), IDS.length, () => Promise.resolve());
    return { index: await indexes.open(id), reopen: () => indexes.open(id) };
  };
  const found = (index: VectorIndex, k: number, isWanted?: (imageId: number) => boolean) =>
    index.search(query, k, 600, isWanted).map(({ imageId }) => imageId);

  it('tells what is in it', async () => {
    const { index } = await loaded();
    expect(index.ids().sort((a, b) => a - b)).toEqual(IDS);
    expect(index.removedCount).toBe(0);
    expect([49, 50, 51, 53].map((id) => index.has(id))).toEqual([false, true, false, true]);
  });

  it('gives the vector of an image, scaled to length 1', async () => {
    const { index } = await loaded();
    for (const { imageId, vector } of EMBEDDINGS.slice(0, 20)) {
      const length = Math.hypot(...vector);
      const given = index.vectorOf(imageId) ?? new Float32Array();
      expect(given).toHaveLength(SPEC.dimension);
      given.forEach((value, at) => {
        expect(value).toBeCloseTo((vector[at] ?? 0) / length, 5);
      });
    }
    expect(index.vectorOf(51)).toBeNull();
  });

  it('never finds what is removed, and all the rest as before', async () => {
    const { index } = await loaded();
    const removed = new Set(exactNearest(query, EMBEDDINGS, 100));
    for (const id of removed) index.remove(id);
    const left = EMBEDDINGS.filter(({ imageId }) => !removed.has(imageId));
    expect(found(index, 20)).toEqual(exactNearest(query, left, 20));
    expect(new Set(found(index, 10_000))).toEqual(new Set(left.map(({ imageId }) => imageId)));
    expect(index.size).toBe(500);
    expect(index.removedCount).toBe(100);
    expect(index.ids().some((id) => removed.has(id))).toBe(false);
    const [gone = 0] = removed;
    expect(index.has(gone)).toBe(false);
    expect(index.vectorOf(gone)).toBeNull();
  });

  it('counts a removal once, and none of what is not there', async () => {
    const { index } = await loaded();
    for (const id of [50, 50, 51, 1e9]) index.remove(id);
    expect(index.size).toBe(599);
    expect(index.removedCount).toBe(1);
  });

  it('finds everything again when it is opened anew', async () => {
    const { index, reopen } = await loaded();
    for (const id of IDS) index.remove(id);
    expect(index.size).toBe(0);
    expect(found(index, 5)).toEqual([]);
    expect(found(await reopen(), 5)).toEqual(exactNearest(query, EMBEDDINGS, 5));
  });

  it('finds the nearest of what is wanted', async () => {
    const { index } = await loaded();
    const isWanted = (id: number) => id % 4 === 0;
    const wanted = EMBEDDINGS.filter(({ imageId }) => isWanted(imageId));
    expect(found(index, 10, isWanted)).toEqual(exactNearest(query, wanted, 10));
    expect(found(index, 10_000, isWanted)).toHaveLength(wanted.length);
    expect(found(index, 10)).toEqual(exactNearest(query, EMBEDDINGS, 10));
  });

  it('finds nothing removed even where it is wanted', async () => {
    const { index } = await loaded();
    const [gone = 0, kept = 0] = IDS;
    index.remove(gone);
    expect(found(index, 10, (id) => id === gone || id === kept)).toEqual([kept]);
    expect(found(index, 10, (id) => id === gone)).toEqual([]);
  });

  it('finds only what is wanted where that is little or nothing', async () => {
    const { index } = await loaded();
    const few = new Set(exactNearest(query, EMBEDDINGS, 600).slice(-3));
    const hits = index.search(query, 10, 10, (id) => few.has(id));
    expect(hits.every(({ imageId }) => few.has(imageId))).toBe(true);
    expect(hits.length).toBeLessThanOrEqual(3);
    expect(index.search(query, 10, 10, () => false)).toEqual([]);
  });

  it('finds the same away from the event loop: one alone, several at once, many hits', async () => {
    const { index } = await loaded();
    for (const count of [1, 2, 4, 11]) {
      const vectors = randomEmbeddings(IDS.slice(0, count), SPEC.dimension, count);
      const answers = vectors.map(({ vector }, at) => index.searchAsync(vector, 5 + at, 30));
      expect(await Promise.all(answers)).toEqual(
        vectors.map(({ vector }, at) => index.search(vector, 5 + at, 30)),
      );
    }
    expect(await index.searchAsync(query, 10_000, 600)).toEqual(index.search(query, 10_000, 600));
    expect(await index.searchAsync(query, 10, 500)).toEqual(index.search(query, 10, 500));
  });

  it('never finds away from the event loop what is removed meanwhile', async () => {
    const { index } = await loaded();
    const nearest = exactNearest(query, EMBEDDINGS, 40);
    const [removed, left] = [new Set(nearest.slice(0, 20)), nearest.slice(20)];
    const asked = Array.from({ length: 40 }, () => index.searchAsync(query, 40, 600));
    const all = asked.map(async (asking) => (await asking).map(({ imageId }) => imageId));
    for (const id of removed) index.remove(id);
    for (const found of await Promise.all(all)) {
      expect(found.filter((id) => removed.has(id))).toEqual([]);
      expect(found).toEqual(expect.arrayContaining(left));
    }
    expect((await index.searchAsync(query, 20, 600)).map(({ imageId }) => imageId)).toEqual(left);
  });

  it('finds nothing away from the event loop where all is removed', async () => {
    const { index } = await loaded();
    const asking = index.searchAsync(query, 5, 10);
    for (const id of IDS) index.remove(id);
    expect(await asking).toEqual([]);
    expect(await index.searchAsync(query, 5, 10)).toEqual([]);
  });
}
