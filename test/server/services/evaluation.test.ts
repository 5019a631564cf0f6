import { describe, expect, it } from 'vitest';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import {
  evaluate,
  type EvaluationOrder,
  type SeenSplit,
} from '../../../server/services/evaluation.js';
import type { LoadedPictures } from '../../../server/services/picture-loading.js';
import { newImage } from '../../contract/metadata/rows.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { recipeOf, unwatched } from '../ml/pictures.js';

const PIXELS = 28 * 28;
const network = (await createNetworks()).create(recipeOf({}));
const exactSearch = await createExactSearch();

/** Pictures of a bright half each: `left` and `right` ones, with noise. */
function pixelsOf(count: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: count * PIXELS }, (_, at) => {
    const isLeft = Math.floor(at / PIXELS) % 2 === 0;
    const isBright = at % 28 < 14 === isLeft;
    return (isBright ? 180 : 20) + 60 * random();
  });
}

async function seen(firstId: number, count: number, seed: number): Promise<SeenSplit> {
  const { embeddings, reconstructionErrors } = await network.embed({
    count,
    pixels: pixelsOf(count, seed),
  });
  return {
    imageIds: Array.from({ length: count }, (_, at) => firstId + at),
    labels: Array.from({ length: count }, (_, at) => (at % 2 === 0 ? 'left' : 'right')),
    vectors: embeddings,
    reconstructionErrors,
  };
}

/** Looks at every vector. */
const EF = 60;

async function indexOf({ imageIds, vectors }: SeenSplit) {
  const { latentSize: dimension } = network;
  const indexes = new HnswlibIndexes(await temporaryFolder());
  const rows = imageIds.map((imageId, at) => {
    const vector = vectors.subarray(at * dimension, (at + 1) * dimension);
    return { imageId, vector, reconstructionError: null };
  });
  const spec = { dimension, m: 16, efConstruction: 100 };
  const built = await indexes.build(spec, once(rows), rows.length, unwatched);
  return indexes.open(built.id);
}

async function* once<T>(value: T): AsyncGenerator<T> {
  await Promise.resolve();
  yield value;
}

async function* loaded(ids: readonly number[], pixels: Uint8Array): AsyncGenerator<LoadedPictures> {
  const half = ids.length / 2;
  for (const start of [0, half]) {
    await Promise.resolve();
    const images = ids.slice(start, start + half).map((id) => {
      return { ...newImage(1, `test/${id}`), id, addedAt: new Date(0) };
    });
    const own = pixels.subarray(start * PIXELS, (start + half) * PIXELS);
    yield { images, failures: [], count: half, pixels: own };
  }
}

const [base, heldOut] = [await seen(1, 60, 1), await seen(1001, 20, 2)];

async function order(): Promise<EvaluationOrder> {
  const pictures = loaded(heldOut.imageIds, pixelsOf(20, 2));
  const [index, efSearch] = [await indexOf(base), EF];
  return { network, exactSearch, index, efSearch, heldOut, base, pictures, baselines: [] };
}

describe('the evaluation of a model', () => {
  it('tells the numbers with their intervals, and what the index adds to them', async () => {
    const { details, ...numbers } = await evaluate(await order(), unwatched);
    expect(numbers).toMatchObject({ queryCount: 20, recallQueryCount: 20, recallAt10: 1 });
    expect(numbers.precisionAt10Exact).toBe(details?.scores?.precisionAt10.value);
    expect(numbers.precisionAt10Index).toBe(numbers.precisionAt10Exact);
    expect(details?.precisionAt10Index).toEqual(details?.scores?.precisionAt10);
    expect(details?.recallAt10).toEqual({ value: 1, low: 1, high: 1 });
    expect(details?.labels.map(({ label, queryCount }) => [label, queryCount])).toEqual([
      ['left', 10],
      ['right', 10],
    ]);
    expect(details?.ownCopyCount).toBe(20);
    expect(numbers.testLoss).toBeGreaterThan(0);
  });

  it('is the same every time', async () => {
    expect(await evaluate(await order(), unwatched)).toEqual(
      await evaluate(await order(), unwatched),
    );
  });

  it('shows the worst queries, the worst first, and none whose neighbours are all right', async () => {
    const labels = heldOut.labels.map((label, at) => (at < 3 ? 'wrong' : label));
    const { details } = await evaluate(
      { ...(await order()), heldOut: { ...heldOut, labels } },
      unwatched,
    );
    const worst = details?.worstQueries ?? [];
    expect(worst.slice(0, 3).map(({ imageId }) => imageId)).toEqual([1001, 1002, 1003]);
    expect(worst[0]).toMatchObject({
      label: 'wrong',
      precisionAt10: 0,
      neighbours: { length: 10 },
    });
    expect(worst.every(({ precisionAt10 }) => precisionAt10 < 1)).toBe(true);
    const precisions = worst.map(({ precisionAt10 }) => precisionAt10);
    expect(precisions).toEqual(precisions.toSorted((a, b) => a - b));
  });

  it('tells how far it is, from beginning to end', async () => {
    const shares: number[] = [];
    await evaluate(await order(), async (share) => void shares.push(share));
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBeLessThan(0.6);
    expect(shares.at(-1)).toBe(1);
    const steps = shares.map((share, at) => share - (shares[at - 1] ?? 0));
    expect(Math.max(...steps)).toBeLessThan(0.6);
  });

  it('ends where whoever is told throws, wherever it is', async () => {
    for (const limit of [0, 0.5, 0.65, 0.72, 0.8, 0.93, 0.96]) {
      const stop = (share: number) =>
        share >= limit ? Promise.reject(new Error(`stopped at ${limit}`)) : Promise.resolve();
      await expect(evaluate(await order(), stop)).rejects.toThrow(`stopped at ${limit}`);
    }
  });
});
