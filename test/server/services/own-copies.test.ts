import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { findOwnCopies, imagesToCopy } from '../../../server/services/own-copies.js';
import { recipeOf, unwatched } from '../ml/pictures.js';

const SIDE = 28;
const search = await createExactSearch();
const network = (await createNetworks()).create(recipeOf({}));

/** Pictures of a bright rectangle each, of another size and at another place. */
function rectangles(count: number): Uint8Array {
  const random = seededRandom(2);
  const pixels = new Uint8Array(count * SIDE * SIDE);
  for (let picture = 0; picture < count; picture += 1) {
    const [left = 0, top = 0, width = 0, height = 0] = Array.from(
      { length: 4 },
      () => 3 + Math.floor(random() * 11),
    );
    for (let row = top; row < top + height; row += 1) {
      const start = picture * SIDE * SIDE + row * SIDE + left;
      pixels.fill(220, start, start + width);
    }
  }
  return pixels;
}

const COUNT = 12;
const pixels = rectangles(COUNT);
const imageIds = Array.from({ length: COUNT }, (_, at) => 10 + at);
const vectors = await network.encode({ count: COUNT, pixels });
const found = (pictures: Uint8Array, ids = imageIds) =>
  findOwnCopies(
    network,
    search,
    { imageIds: ids, pixels: pictures },
    { imageIds, vectors },
    unwatched,
  );

describe('altered copies of held-out images', () => {
  it('are mostly found where pictures differ, and the same every time', async () => {
    const copies = await found(pixels);
    expect(copies).toHaveLength(COUNT);
    expect(copies.filter((one) => one === 1).length).toBeGreaterThan(COUNT / 2);
    expect(await found(pixels)).toEqual(copies);
  });

  it('are not found where another picture bears the id', async () => {
    const swapped = [...imageIds.slice(1), imageIds[0] ?? 0];
    const copies = await found(pixels, swapped);
    expect(copies.filter((one) => one === 1).length).toBeLessThan(COUNT / 3);
  });

  it('count as found where the same picture is there twice', async () => {
    const rows = Float32Array.from([...vectors, ...vectors]);
    const ids = [...imageIds.map((id) => id + 100), ...imageIds];
    const heldOut = { imageIds: ids, vectors: rows };
    const twice = await findOwnCopies(network, search, { imageIds, pixels }, heldOut, unwatched);
    expect(twice).toEqual(await found(pixels));
  });

  it('are none where there is nothing to tell apart', async () => {
    const one = { imageIds: [10], vectors: vectors.subarray(0, network.latentSize) };
    const picture = { imageIds: [10], pixels: pixels.subarray(0, SIDE * SIDE) };
    expect(await findOwnCopies(network, search, picture, one, unwatched)).toEqual([]);
    expect(await found(new Uint8Array(), [])).toEqual([]);
  });

  it('are made of up to 500 images, spread over all', () => {
    const ids = Array.from({ length: 2000 }, (_, at) => at + 1);
    const some = imagesToCopy({ imageIds: ids, vectors: new Float32Array() });
    expect(some).toHaveLength(500);
    expect(some.slice(0, 3)).toEqual([1, 5, 9]);
    expect(imagesToCopy({ imageIds: [7, 8], vectors: new Float32Array() })).toEqual([7, 8]);
  });
});
