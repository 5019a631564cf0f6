import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import type { Embedding } from '../../../server/domain/model.js';
import { unitVector } from '../../../server/domain/query-vector.js';
import { seededRandom } from '../../../server/domain/random.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { cosineDistance, randomEmbeddings } from '../../contract/vectors.js';
import { writtenGraph, type WrittenGraph } from './written-graph.js';

const DIMENSION = 32;

interface Order {
  readonly m?: number;
  readonly efConstruction?: number;
  readonly threads?: number;
}

async function built(embeddings: readonly Embedding[], order: Order = {}) {
  const { m = 6, efConstruction = 40, threads = 2 } = order;
  const folder = await temporaryFolder();
  async function* stream() {
    await Promise.resolve();
    yield embeddings;
  }
  const { id } = await new HnswlibIndexes(folder, threads).build(
    { dimension: DIMENSION, m, efConstruction },
    stream(),
    embeddings.length,
    () => Promise.resolve(),
  );
  return { folder, id };
}

async function graphOf(embeddings: readonly Embedding[], order: Order = {}): Promise<WrittenGraph> {
  const { folder, id } = await built(embeddings, order);
  return writtenGraph(folder, id);
}

function random(count: number): Embedding[] {
  const ids = Array.from({ length: count }, (_, at) => 7 * at + 1);
  return randomEmbeddings(ids, DIMENSION, 3);
}

/** In 40 clusters, one after the other. */
function clustered(count: number): Embedding[] {
  const middles = random(40);
  const around = seededRandom(8);
  return random(count).map(({ imageId }, at) => {
    const middle = middles[Math.floor((at * middles.length) / count)]?.vector ?? new Float32Array();
    const vector = middle.map((value) => value + 0.1 * (around() - 0.5));
    return { imageId, vector, reconstructionError: null };
  });
}

/** Two thirds are the same vector. */
function repeated(count: number): Embedding[] {
  const all = random(count);
  const same = all[0]?.vector ?? new Float32Array();
  return all.map((each, at) => (at % 3 === 0 ? each : { ...each, vector: same }));
}

describe.each([
  ['random vectors', random(1500), 1],
  ['vectors in clusters', clustered(1500), 1],
  // Of many as far a full list can only keep some.
  ['many equal vectors', repeated(1500), 0.995],
])('a graph of %s', (_, embeddings, share) => {
  it('is the same to the byte with any number of threads', async () => {
    const files = [];
    for (const threads of [1, 2, 3]) {
      const { folder, id } = await built(embeddings, { threads });
      files.push(await readFile(join(folder, id, 'graph.hnsw')));
    }
    const [one, two, three] = files;
    expect(one?.length).toBeGreaterThan(embeddings.length * DIMENSION * 4);
    expect(one && two?.equals(one)).toBe(true);
    expect(one && three?.equals(one)).toBe(true);
  });

  it('has lists of links within bounds, each to others of its level', async () => {
    const { nodes } = await graphOf(embeddings);
    const levels = new Map(nodes.map(({ id, links }) => [id, links.length]));
    expect(nodes.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      embeddings.map(({ imageId }) => imageId),
    );
    expect(Math.max(...levels.values())).toBeGreaterThan(2);
    for (const { id, links } of nodes) {
      links.forEach((list, level) => {
        expect(list.length).toBeLessThanOrEqual(level === 0 ? 12 : 6);
        expect(new Set(list).size).toBe(list.length);
        expect(list).not.toContain(id);
        expect(list.every((to) => (levels.get(to) ?? 0) > level)).toBe(true);
      });
    }
  });

  it('leads from its entry to all vectors, or nearly all', async () => {
    const { nodes, entry } = await graphOf(embeddings);
    const links = new Map(nodes.map(({ id, links: [ground = []] }) => [id, ground]));
    const reached = new Set([entry]);
    for (const id of reached) for (const to of links.get(id) ?? []) reached.add(to);
    expect(reached.size).toBeGreaterThanOrEqual(share * nodes.length);
  });
});

it('a graph whose search sees everything is the one that the plain algorithm makes', async () => {
  const embeddings = random(150);
  const { nodes } = await graphOf(embeddings, { m: 4, efConstruction: 200 });
  const levels = new Map(nodes.map(({ id, links }) => [id, links.length]));
  const plain = plainGraph(embeddings, (id) => levels.get(id) ?? 0, 4);
  const sorted = (links: readonly (readonly number[])[]) =>
    links.map((list) => [...list].sort((a, b) => a - b));
  // Some list was full, and chosen anew.
  expect(nodes.some(({ links: [ground = []] }) => ground.length === 8)).toBe(true);
  for (const { id, links } of nodes) expect(sorted(links)).toEqual(sorted(plain.get(id) ?? []));
});

/** Algorithms 1 and 4 of the paper, one vector after the other, every distance measured when it is asked for. */
function plainGraph(
  embeddings: readonly Embedding[],
  levelsOf: (id: number) => number,
  m: number,
): Map<number, number[][]> {
  const vectors = new Map(embeddings.map(({ imageId, vector }) => [imageId, unitVector(vector)]));
  const apart = (one: number, other: number) =>
    cosineDistance(
      vectors.get(one) ?? new Float32Array(),
      vectors.get(other) ?? new Float32Array(),
    );
  const choose = (id: number, candidates: readonly number[], most: number) => {
    const chosen: number[] = [];
    for (const candidate of candidates.toSorted((a, b) => apart(id, a) - apart(id, b))) {
      const isNearest = chosen.every((each) => apart(each, candidate) >= apart(id, candidate));
      if (isNearest && chosen.length < most) chosen.push(candidate);
    }
    return chosen;
  };
  const graph = new Map<number, number[][]>();
  for (const { imageId: id } of embeddings) {
    const before = [...graph.keys()];
    const links = Array.from({ length: levelsOf(id) }, (_, level) =>
      choose(
        id,
        before.filter((other) => levelsOf(other) > level),
        m,
      ),
    );
    graph.set(id, links);
    links.forEach((list, level) => {
      for (const to of list) {
        const lists = graph.get(to) ?? [];
        const most = level === 0 ? 2 * m : m;
        const all = [...(lists[level] ?? []), id];
        lists[level] = all.length > most ? choose(to, all, most) : all;
      }
    });
  }
  return graph;
}
