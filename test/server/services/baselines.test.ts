import { expect, it } from 'vitest';
import type { Split } from '../../../server/domain/dataset.js';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createPlainComparisons } from '../../../server/ml/plain-comparisons.js';
import { measureBaselines, type BaselineOrder } from '../../../server/services/baselines.js';
import type { LoadedPictures } from '../../../server/services/picture-loading.js';
import { newImage } from '../../contract/metadata/rows.js';
import { inputOf } from '../ml/pictures.js';

const INPUT = inputOf(28, 28, 1);
const PIXELS = 28 * 28;
const comparisons = await createPlainComparisons();
const exactSearch = await createExactSearch();

/** Bright above or bright below, by the id, with noise. */
function pixelsOf(id: number): Uint8Array {
  const random = seededRandom(id);
  return Uint8Array.from({ length: PIXELS }, (_, at) => {
    const isBright = at < PIXELS / 2 === (id % 2 === 0);
    return (isBright ? 150 : 20) + Math.floor(80 * random());
  });
}

const labelOf = (id: number) => (id % 2 === 0 ? 'above' : 'below');
const idsOf: Readonly<Record<Split, readonly number[]>> = {
  TRAIN: Array.from({ length: 60 }, (_, at) => at + 1),
  TEST: Array.from({ length: 10 }, (_, at) => at + 1001),
};

async function* pictures(split: Split): AsyncGenerator<LoadedPictures> {
  for (const id of idsOf[split]) {
    await Promise.resolve();
    const image = { ...newImage(1, `image/${id}`), id, addedAt: new Date(0) };
    yield { images: [image], failures: [], count: 1, pixels: pixelsOf(id) };
  }
}

function order(change: Partial<BaselineOrder> = {}): BaselineOrder {
  const rowsOf = (imageIds: readonly number[]) => ({ imageIds, labels: imageIds.map(labelOf) });
  const [heldOut, base] = [rowsOf(idsOf.TEST), rowsOf(idsOf.TRAIN)];
  return { comparisons, exactSearch, input: INPUT, heldOut, base, pictures, ...change };
}

it('the baselines find what is alike pixel by pixel, and tell how far they are', async () => {
  const shares: number[] = [];
  const baselines = await measureBaselines(order(), (share) => {
    shares.push(share);
    return Promise.resolve();
  });
  expect(baselines.map(({ name }) => name)).toEqual(['pixels', 'PCA']);
  for (const { scores } of baselines) {
    expect(scores.precisionAt10).toEqual({ value: 1, low: 1, high: 1 });
    expect(scores.accuracyAt10.value).toBe(1);
  }
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

it('they are of the images that are asked for, in whatever order', async () => {
  // Labels that have nothing to do with the pictures, and ids against the order of the store.
  const imageIds = idsOf.TRAIN.toReversed();
  const labels = imageIds.map((id) => (id % 4 < 2 ? 'above' : 'below'));
  const baselines = await measureBaselines(order({ base: { imageIds, labels } }), async () => {});
  for (const { scores } of baselines) {
    expect(scores.precisionAt10.value).toBeGreaterThan(0.2);
    expect(scores.precisionAt10.value).toBeLessThan(0.8);
  }
});

it('without labels there are none', async () => {
  const heldOut = { imageIds: idsOf.TEST, labels: idsOf.TEST.map(() => null) };
  expect(await measureBaselines(order({ heldOut }), async () => {})).toEqual([]);
});
