import { alteredCopy } from '../domain/altered-copy.js';
import { inputLength } from '../domain/input-spec.js';
import type { InputSpec } from '../domain/model.js';
import { distanceBetween } from '../domain/neighbour-scan.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import { unitVector } from '../domain/query-vector.js';
import { mixSeeds, seededRandom } from '../domain/random.js';
import { spreadPlaces } from '../domain/spread.js';
import type { ExactSearch, Network, PictureBatch } from '../ports/networks.js';
import type { VectorRows } from './recall-measuring.js';

/** Images that are copied, at most. */
const MAX_COPIES = 500;
/** Numbers of input that are copied at a time: some 50 ms. */
const NUMBERS_AT_A_TIME = 500_000;
const SEED = 20;
/** Distances that differ by less differ by rounding alone. */
const SAME_DISTANCE = 1e-6;

/** Pictures of some images, [imageIds.length, height, width, channels] bytes. */
export interface PictureRows {
  readonly imageIds: readonly number[];
  readonly pixels: Uint8Array;
}

/** The images to copy: spread over all that are held out. */
export function imagesToCopy({ imageIds }: VectorRows): number[] {
  return spreadPlaces(imageIds.length, MAX_COPIES).flatMap((place) => imageIds[place] ?? []);
}

/**
 * Makes an altered copy of each picture, and searches it among all held-out images by exact search:
 * 1 for each copy whose original is found first, or lies as near as the first, else 0. It needs no
 * label. Empty where there are not two images to tell apart.
 */
export async function findOwnCopies(
  network: Pick<Network, 'input' | 'latentSize' | 'encode'>,
  search: ExactSearch,
  { imageIds, pixels }: PictureRows,
  heldOut: VectorRows,
  onProgress: OnProgress,
): Promise<number[]> {
  const { input, latentSize } = network;
  if (imageIds.length === 0 || heldOut.imageIds.length < 2) return [];
  const vectors = new Float32Array(imageIds.length * latentSize);
  const [encoding, finding] = inParts(onProgress, 7, 3);
  for (const { start, count, pixels: copies } of copiesOf(pixels, input)) {
    vectors.set(await network.encode({ count, pixels: copies }), start * latentSize);
    await encoding((start + count) / imageIds.length);
  }
  const places = new Map(heldOut.imageIds.map((id, place) => [id, place]));
  const originals = imageIds.map((id) => places.get(id));
  return foundFirst(search, vectors, originals, heldOut.vectors, latentSize, finding);
}

/**
 * An altered copy of each picture, the same every time, so many at a time as take some 50 ms.
 * @param pixels [count, height, width, channels] bytes
 */
export function* copiesOf(
  pixels: Uint8Array,
  input: InputSpec,
): Generator<{ readonly start: number } & PictureBatch> {
  const length = inputLength(input);
  const size = Math.max(1, Math.floor(NUMBERS_AT_A_TIME / length));
  const all = pixels.length / length;
  for (let start = 0; start < all; start += size) {
    const count = Math.min(size, all - start);
    const copies = new Uint8Array(count * length);
    for (let place = start; place < start + count; place += 1) {
      const original = pixels.subarray(place * length, (place + 1) * length);
      const random = seededRandom(mixSeeds(SEED, place));
      copies.set(alteredCopy(original, input, random), (place - start) * length);
    }
    yield { start, count, pixels: copies };
  }
}

/**
 * 1 for each copy whose original is found first by exact search, or lies as near as the first; else 0.
 * @param copies [originals.length, dimension]
 * @param originals the place of each copy's original in the base; undefined where it is not in it
 * @param base [count, dimension]
 */
export async function foundFirst(
  search: ExactSearch,
  copies: Float32Array,
  originals: readonly (number | undefined)[],
  base: Float32Array,
  dimension: number,
  onProgress: OnProgress,
): Promise<number[]> {
  const first = await search.nearest(copies, base, dimension, 1, onProgress);
  const rowOf = (rows: Float32Array, place: number) =>
    unitVector(rows.subarray(place * dimension, (place + 1) * dimension));
  return originals.map((original, place) => {
    if (original === undefined) return 0;
    const copy = rowOf(copies, place);
    const nearest = distanceBetween(copy, rowOf(base, first[place] ?? 0));
    return Number(distanceBetween(copy, rowOf(base, original)) <= nearest + SAME_DISTANCE);
  });
}
