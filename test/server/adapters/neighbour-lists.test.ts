import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import { placeOf } from '../../../server/adapters/vector-index/hnswlib/neighbour-lists.js';
import {
  readLists,
  writeLists,
} from '../../../server/adapters/vector-index/hnswlib/neighbour-lists-file.js';
import type { Embedding } from '../../../server/domain/model.js';
import type { VectorIndex } from '../../../server/ports/vector-indexes.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { randomEmbeddings } from '../../contract/vectors.js';

const SPEC = { dimension: 16, m: 16, efConstruction: 100 };
const EF = 30;

async function indexOf(embeddings: readonly Embedding[]): Promise<VectorIndex> {
  const { indexes, id } = await built(embeddings);
  return indexes.open(id);
}

async function built(embeddings: readonly Embedding[]) {
  const folder = await temporaryFolder();
  const indexes = new HnswlibIndexes(folder);
  async function* batches() {
    await Promise.resolve();
    yield embeddings;
  }
  const index = await indexes.build(SPEC, batches(), embeddings.length, () => Promise.resolve());
  const { id } = index;
  return { indexes, index, id, file: join(folder, id, 'neighbours.bin') };
}

/** A built index whose lists are stored, and the way to see whether an opened one has to search for them. */
async function stored(embeddings: readonly Embedding[], ef = EF) {
  const world = await built(embeddings);
  const turns: number[] = [];
  await world.indexes.listNeighbours(world.index, ef, (done) => {
    turns.push(done);
    return Promise.resolve();
  });
  return { ...world, turns };
}

async function allListed(index: VectorIndex, embeddings: readonly Embedding[]) {
  for (const each of embeddings) {
    const hits = (await listed(index, each)) ?? [];
    expect(hits.map(({ imageId }) => imageId)).toEqual(
      searched(index, each, 10).map(({ imageId }) => imageId),
    );
  }
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

it('stores what it would find', async () => {
  const embeddings = images(500);
  const { indexes, id, turns } = await stored(embeddings);
  expect(turns.at(-1)).toBe(500);
  const [plain, opened] = [await indexOf(embeddings), await indexes.open(id)];
  for (const each of embeddings) {
    expect(await listed(opened, each)).toEqual(await listed(plain, each));
  }
});

it('answers what is stored, and does not search for it', async () => {
  const embeddings = images(40);
  const { indexes, id, file } = await stored(embeddings);
  const manifest = await readFile(join(file, '..', 'manifest.json'), 'utf8');
  const { sha256 } = JSON.parse(manifest) as { readonly sha256: string };
  const lists = await readLists(file, sha256);
  if (!lists) throw new Error('Nothing was stored.');
  // No search finds such distances.
  await writeLists(file, { ...lists, distances: lists.distances.fill(0.25) }, sha256);
  const opened = await indexes.open(id);
  for (const each of embeddings) {
    const distances = (await listed(opened, each))?.map(({ distance }) => distance);
    expect(distances).toEqual(Array<number>(10).fill(0.25));
  }
});

it('lists anew what names an image that is removed before the first question', async () => {
  const embeddings = images(300);
  const { indexes, id } = await stored(embeddings);
  const opened = await indexes.open(id);
  const [gone, ...rest] = embeddings;
  opened.remove(gone?.imageId ?? 0);
  await allListed(opened, rest);
});

it.each([
  [
    'damaged',
    async (file: string) => {
      const bytes = await readFile(file);
      bytes[60] = (bytes[60] ?? 0) ^ 1;
      await writeFile(file, bytes);
    },
  ],
  ['cut short', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 1000))],
  ['almost empty', async (file: string) => writeFile(file, 'a')],
  ['missing', (file: string) => rm(file)],
  [
    'of another graph',
    async (file: string) => {
      const other = await stored(images(300).map((each, at) => ({ ...each, imageId: at + 1 })));
      await writeFile(file, await readFile(other.file));
    },
  ],
] as const)('searches for the lists where their file is %s', async (_how, spoil) => {
  const embeddings = images(300);
  const { indexes, id, file } = await stored(embeddings);
  await spoil(file);
  await allListed(await indexes.open(id), embeddings);
});

it('searches for the lists where those that are stored are of another ef', async () => {
  const embeddings = images(300);
  const { indexes, id } = await stored(embeddings, 200);
  await allListed(await indexes.open(id), embeddings);
});

it('stores nothing with an index that is too small', async () => {
  const { file } = await stored(images(8));
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('lists nothing of a damaged graph', async () => {
  const { indexes, index, file } = await built(images(40));
  await writeFile(join(file, '..', 'graph.hnsw'), 'no graph');
  const listing = indexes.listNeighbours(index, EF, () => Promise.resolve());
  await expect(listing).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
});

it.each([
  ['without gaps', (at: number) => at + 1],
  ['with gaps', (at: number) => 7 + 4 * at + (at % 4)],
  ['with some far away', (at: number) => (at < 50 ? at : 2 ** 32 - 60 + at)],
])('an image is found among ascending ids %s', (_, idOf) => {
  for (const count of [0, 1, 2, 3, 59]) {
    const ids = Uint32Array.from({ length: count }, (__, at) => idOf(at));
    ids.forEach((id, place) => expect(placeOf(id, ids)).toBe(place));
    for (const id of [0, 4, 13, 1000, 2 ** 32 - 1]) {
      expect(placeOf(id, ids)).toBe(ids.indexOf(id));
    }
  }
});
