import { describe, expect, it } from 'vitest';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import type { Embedding } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import type { VectorIndex } from '../../../server/ports/vector-indexes.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { exactNearest } from '../../contract/vectors.js';

const DIMENSION = 48;
const COUNT = 3000;
const QUERIES = 60;

/** Vectors in 30 clusters: `spread` apart within one, beside 1 between their middles. */
function clustered(spread: number, shift: number): Embedding[] {
  const random = seededRandom(5);
  const around = () => 2 * random() - 1;
  const middles = Array.from({ length: 30 * DIMENSION }, () => around() + shift);
  return Array.from({ length: COUNT + QUERIES }, (_, at) => {
    const middle = Math.floor(random() * 30) * DIMENSION;
    const vector = Float32Array.from(
      { length: DIMENSION },
      (_, place) => (middles[middle + place] ?? 0) + spread * around(),
    );
    return { imageId: at + 1, vector, reconstructionError: null };
  });
}

async function indexOf(embeddings: readonly Embedding[]): Promise<VectorIndex> {
  const indexes = new HnswlibIndexes(await temporaryFolder());
  const spec = { dimension: DIMENSION, m: 16, efConstruction: 100 };
  async function* stream() {
    await Promise.resolve();
    yield embeddings;
  }
  const { id } = await indexes.build(spec, stream(), embeddings.length, () => Promise.resolve());
  return indexes.open(id);
}

describe.each([
  ['in clusters', 0.6, 0],
  ['in clusters that all lie in one direction', 0.6, 5],
  ['in clusters so close that codes cannot tell them apart', 0.005, 0],
])('an index of vectors %s', (_, spread, shift) => {
  it('finds nearly all of the true nearest, with their true distances', async () => {
    const all = clustered(spread, shift);
    const [base, queries] = [all.slice(0, COUNT), all.slice(COUNT)];
    const index = await indexOf(base);
    let found = 0;
    for (const { vector } of queries) {
      const exact = new Set(exactNearest(vector, base, 10));
      const hits = index.search(vector, 10, 64);
      found += hits.filter(({ imageId }) => exact.has(imageId)).length;
      expect(hits.map(({ distance }) => distance)).toEqual(
        hits.map(({ distance }) => distance).sort((a, b) => a - b),
      );
    }
    expect(found / (QUERIES * 10)).toBeGreaterThanOrEqual(0.95);
  });
});
