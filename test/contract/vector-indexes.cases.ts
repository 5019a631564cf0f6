import { describe, expect, it } from 'vitest';
import type { Embedding } from '../../server/domain/model.js';
import type { VectorIndexes } from '../../server/ports/vector-indexes.js';
import { cosineDistance, exactNearest, randomEmbeddings } from './vectors.js';

/** A store of indexes with what the cases need besides the port. */
export interface IndexesUnderTest {
  readonly indexes: VectorIndexes;
  /** Ways in which what is stored of an index can be harmed, each by a name. */
  readonly harms: ReadonlyMap<string, (id: string) => Promise<void>>;
}

const SPEC = { dimension: 16, m: 16, efConstruction: 200 };
const silent = () => Promise.resolve();

async function* inBatchesOf(size: number, embeddings: readonly Embedding[]) {
  for (let start = 0; start < embeddings.length; start += size) {
    await Promise.resolve();
    yield embeddings.slice(start, start + size);
  }
}

function build(indexes: VectorIndexes, embeddings: readonly Embedding[]) {
  return indexes.build(SPEC, inBatchesOf(7, embeddings), embeddings.length, silent);
}

function idsUpTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => 1000 + at * 3);
}

const NOWHERE = new Float32Array(SPEC.dimension).fill(1);

/** What every store of vector indexes promises. */
export function vectorIndexesCases(
  open: () => Promise<IndexesUnderTest>,
  harms: readonly string[],
): void {
  it('answers with the ids it was given, nearest first, by cosine distance', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(50), SPEC.dimension, 1);
    const built = await build(indexes, embeddings);
    expect(built).toMatchObject({ size: 50 });
    expect(built.byteLength).toBeGreaterThan(50 * SPEC.dimension * 4);
    const index = await indexes.open(built.id);
    expect(index.size).toBe(50);
    const [query] = randomEmbeddings([0], SPEC.dimension, 2);
    const vector = query?.vector ?? NOWHERE;
    const hits = index.search(vector, 10, 50);
    expect(hits.map(({ imageId }) => imageId)).toEqual(exactNearest(vector, embeddings, 10));
    const vectors = new Map(embeddings.map((embedding) => [embedding.imageId, embedding.vector]));
    for (const { imageId, distance } of hits) {
      expect(distance).toBeCloseTo(cosineDistance(vector, vectors.get(imageId) ?? NOWHERE), 5);
    }
  });

  it.each([1, 3, 20, 32, 128, 130])(
    'measures vectors of %i numbers as they are',
    async (dimension) => {
      const { indexes } = await open();
      const embeddings = randomEmbeddings(idsUpTo(40), dimension, dimension);
      const spec = { ...SPEC, dimension };
      const { id } = await indexes.build(spec, inBatchesOf(7, embeddings), 40, silent);
      const index = await indexes.open(id);
      const [query] = randomEmbeddings([0], dimension, 99);
      const vector = query?.vector ?? new Float32Array(dimension);
      const distances = index.search(vector, 40, 40).map(({ distance }) => distance);
      const exact = embeddings.map((each) => cosineDistance(vector, each.vector));
      expect(distances).toHaveLength(40);
      [...exact]
        .sort((a, b) => a - b)
        .forEach((distance, at) => {
          expect(distances[at]).toBeCloseTo(distance, 5);
        });
    },
  );

  it('the direction counts, not the length; a vector is at distance 0 from its own', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(20), SPEC.dimension, 3);
    const index = await indexes.open((await build(indexes, embeddings)).id);
    for (const { imageId, vector } of embeddings) {
      const [nearest] = index.search(
        vector.map((value) => value * 1000),
        1,
        20,
      );
      expect(nearest?.imageId).toBe(imageId);
      expect(nearest?.distance).toBeGreaterThanOrEqual(0);
      expect(nearest?.distance).toBeLessThan(1e-5);
    }
  });

  it('gives all there are when asked for more, whatever ef is', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(30), SPEC.dimension, 4);
    const index = await indexes.open((await build(indexes, embeddings)).id);
    const hits = index.search(NOWHERE, 1000, 1);
    expect(new Set(hits.map(({ imageId }) => imageId))).toEqual(new Set(idsUpTo(30)));
    expect(index.search(NOWHERE, 25, 1)).toHaveLength(25);
  });

  it('an index of nothing can be built, opened and asked', async () => {
    const { indexes } = await open();
    const built = await build(indexes, []);
    expect(built.size).toBe(0);
    const index = await indexes.open(built.id);
    expect(index.size).toBe(0);
    expect(index.search(NOWHERE, 5, 10)).toEqual([]);
  });

  it('the same vectors give the same answers, built again or opened again', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(400), SPEC.dimension, 5);
    const [first, second] = [await build(indexes, embeddings), await build(indexes, embeddings)];
    expect(first.id).not.toBe(second.id);
    const opened = [first.id, first.id, second.id].map((id) => indexes.open(id));
    const answers = (await Promise.all(opened)).map((index) => index.search(NOWHERE, 20, 20));
    expect(answers[0]).toHaveLength(20);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('finds at least 95 % of the true 10 nearest of 2,000 random vectors', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(2000), SPEC.dimension, 6);
    const index = await indexes.open((await build(indexes, embeddings)).id);
    const queries = randomEmbeddings(idsUpTo(100), SPEC.dimension, 7);
    const found = queries.reduce((sum, { vector }) => {
      const exact = new Set(exactNearest(vector, embeddings, 10));
      const hits = index.search(vector, 10, 64);
      return sum + hits.filter(({ imageId }) => exact.has(imageId)).length;
    }, 0);
    expect(found / 1000).toBeGreaterThanOrEqual(0.95);
  });

  it('tells its progress, never backwards, up to the last vector', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(600), SPEC.dimension, 8);
    const told: number[] = [];
    await indexes.build(SPEC, inBatchesOf(100, embeddings), 600, (done) => {
      told.push(done);
      return Promise.resolve();
    });
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(600);
  });

  it('a build that is stopped publishes nothing', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(600), SPEC.dimension, 9);
    const stopped = indexes.build(SPEC, inBatchesOf(100, embeddings), 600, () =>
      Promise.reject(new Error('stop')),
    );
    await expect(stopped).rejects.toThrow('stop');
    for (const id of await indexes.list()) {
      await expect(indexes.open(id)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
    }
  });

  it('lists what lies there and forgets what is deleted', async () => {
    const { indexes } = await open();
    const embeddings = randomEmbeddings(idsUpTo(3), SPEC.dimension, 10);
    const [kept, deleted] = [await build(indexes, embeddings), await build(indexes, embeddings)];
    expect((await indexes.list()).sort()).toEqual([kept.id, deleted.id].sort());
    await indexes.delete(deleted.id);
    await indexes.delete(deleted.id);
    expect(await indexes.list()).toEqual([kept.id]);
    await expect(indexes.open(deleted.id)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
    expect((await indexes.open(kept.id)).size).toBe(3);
  });

  describe.each(harms)('an index with %s', (name) => {
    it('is refused, and others still answer', async () => {
      const { indexes, harms } = await open();
      const embeddings = randomEmbeddings(idsUpTo(300), SPEC.dimension, 11);
      const [harmed, sound] = [await build(indexes, embeddings), await build(indexes, embeddings)];
      await harms.get(name)?.(harmed.id);
      await expect(indexes.open(harmed.id)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
      expect((await indexes.open(sound.id)).search(NOWHERE, 5, 20)).toHaveLength(5);
    });
  });
}
