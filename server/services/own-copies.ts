import { alteredCopy } from '../domain/altered-copy.js';
import { inputLength } from '../domain/input-spec.js';
import { distanceBetween } from '../domain/neighbour-scan.js';
import { unitVector } from '../domain/query-vector.js';
import { mixSeeds, seededRandom } from '../domain/random.js';
import { spreadPlaces } from '../domain/spread.js';
import type { ExactSearch, Network } from '../ports/networks.js';
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
  onProgress: (share: number) => Promise<void>,
): Promise<number[]> {
  const { input, latentSize } = network;
  if (imageIds.length === 0 || heldOut.imageIds.length < 2) return [];
  const length = inputLength(input);
  const size = Math.max(1, Math.floor(NUMBERS_AT_A_TIME / length));
  const vectors = new Float32Array(imageIds.length * latentSize);
  for (let start = 0; start < imageIds.length; start += size) {
    const end = Math.min(imageIds.length, start + size);
    const copies = new Uint8Array((end - start) * length);
    for (let place = start; place < end; place += 1) {
      const original = pixels.subarray(place * length, (place + 1) * length);
      const random = seededRandom(mixSeeds(SEED, place));
      copies.set(alteredCopy(original, input, random), (place - start) * length);
    }
    const embeddings = await network.encode({ count: end - start, pixels: copies });
    vectors.set(embeddings, start * latentSize);
    await onProgress((end / imageIds.length) * 0.7);
  }
  const first = await search.nearest(vectors, heldOut.vectors, latentSize, 1, (share) =>
    onProgress(0.7 + share * 0.3),
  );
  const places = new Map(heldOut.imageIds.map((id, place) => [id, place]));
  const rowOf = (rows: Float32Array, place: number) =>
    unitVector(rows.subarray(place * latentSize, (place + 1) * latentSize));
  return imageIds.map((imageId, place) => {
    const own = places.get(imageId);
    const copy = rowOf(vectors, place);
    const nearest = distanceBetween(copy, rowOf(heldOut.vectors, first[place] ?? 0));
    if (own === undefined) return 0;
    return Number(distanceBetween(copy, rowOf(heldOut.vectors, own)) <= nearest + SAME_DISTANCE);
  });
}
