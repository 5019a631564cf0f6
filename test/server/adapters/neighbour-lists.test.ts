import { expect, it, vi } from 'vitest';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import type { Embedding } from '../../../server/domain/model.js';
import type { VectorIndex } from '../../../server/ports/vector-indexes.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { randomEmbeddings } from '../../contract/vectors.js';

const SPEC = { dimension: 16, m: 16, efConstruction: 100 };
const EF = 30;

async function indexOf(embeddings: readonly Embedding[]): Promise<VectorIndex> {
  const indexes = new HnswlibIndexes(await temporaryFolder());
  async function* batches() {
    await Promise.resolve();
    yield embeddings;
  }
  const { id } = await indexes.build(SPEC, batches(), embeddings.length, () => Promise.resolve());
  return indexes.open(id);
}

/** What searching finds for an image beside itself. */
function searched(index: VectorIndex, { imageId, vector }: Embedding, k: number) {
  const hits = index.search(vector, k + 1, EF);
  return hits.filter((hit) => hit.imageId !== imageId).slice(0, k);
}

const images = (count: number) =>
  randomEmbeddings(
    Array.from({ length: count }, (_, at) => 7 + at * 3),
    SPEC.dimension,
    count,
  );

async function listed(index: VectorIndex, { imageId }: Embedding, k = 10) {
  return vi.waitFor(() => {
    const hits = index.neighboursOf(imageId, k, EF);
    expect(hits).not.toBeNull();
    return hits;
  });
}

it('lists for every image what searching finds', async () => {
  const embeddings = images(500);
  const index = await indexOf(embeddings);
  for (const each of embeddings) {
    for (const k of [1, 4, 10]) {
      const hits = (await listed(index, each, k)) ?? [];
      const expected = searched(index, each, k);
      expect(hits.map(({ imageId }) => imageId)).toEqual(expected.map(({ imageId }) => imageId));
      hits.forEach(({ distance }, at) => {
        expect(distance).toBeCloseTo(expected[at]?.distance ?? Number.NaN, 6);
      });
    }
  }
});

it('does not know what it has not listed: more hits, another ef, a stranger', async () => {
  const [first, ...others] = images(40);
  if (!first) throw new Error('There are no images.');
  const index = await indexOf([first, ...others]);
  await listed(index, first);
  expect(index.neighboursOf(first.imageId, 11, EF)).toBeNull();
  expect(index.neighboursOf(first.imageId, 10, EF + 1)).toBeNull();
  expect(index.neighboursOf(8, 10, EF)).toBeNull();
});

it('no longer knows what removals have changed, and goes on knowing the rest', async () => {
  const embeddings = images(300);
  const index = await indexOf(embeddings);
  for (const each of embeddings) await listed(index, each);
  const removed = new Set(embeddings.slice(0, 20).map(({ imageId }) => imageId));
  for (const id of removed) index.remove(id);
  let known = 0;
  for (const each of embeddings) {
    const hits = index.neighboursOf(each.imageId, 10, EF);
    if (removed.has(each.imageId)) expect(hits).toBeNull();
    else if (hits) {
      known += 1;
      expect(hits.some(({ imageId }) => removed.has(imageId))).toBe(false);
      expect(hits.map(({ imageId }) => imageId)).toEqual(
        searched(index, each, 10).map(({ imageId }) => imageId),
      );
    }
  }
  expect(known).toBeGreaterThan(0);
  expect(known).toBeLessThan(280);
});

it('of fewer images than a list is long nothing is listed', async () => {
  const embeddings = images(8);
  const index = await indexOf(embeddings);
  for (let turn = 0; turn < 5; turn += 1) {
    expect(index.neighboursOf(7, 5, EF)).toBeNull();
    await new Promise((resolve) => setImmediate(resolve));
  }
});
