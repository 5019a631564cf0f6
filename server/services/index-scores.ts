import { RECALL_K } from '../domain/recall-curve.js';
import type { Hit } from '../domain/neighbour.js';
import { spreadPlaces } from '../domain/spread.js';
import type { ExactSearch } from '../ports/networks.js';
import type { MeasuredQuery } from './neighbour-scores.js';
import { RECALL_QUERIES, type VectorRows } from './recall-measuring.js';

/** Searches before whoever waits gets a turn: some 5 ms. */
const SEARCHES_AT_A_TIME = 100;

/** How an index is asked: the k nearest of a vector. */
export type SearchIndex = (vector: Float32Array, k: number) => readonly Hit[];

/** P@10 of each query by the answers of the index. */
export async function indexPrecisions(
  search: SearchIndex,
  queries: readonly MeasuredQuery[],
  labels: ReadonlyMap<number, string | null>,
  onProgress: (share: number) => Promise<void>,
): Promise<number[]> {
  const precisions: number[] = [];
  for (const { vector, label, neighbours } of queries) {
    const k = neighbours.length;
    const found = search(vector, k);
    precisions.push(found.filter(({ imageId }) => labels.get(imageId) === label).length / k);
    if (precisions.length % SEARCHES_AT_A_TIME === 0) {
      await onProgress(precisions.length / queries.length);
    }
  }
  return precisions;
}

/**
 * Of up to RECALL_QUERIES held-out images, spread over all, the share of the exact 10 nearest that
 * the index finds.
 */
export async function indexRecalls(
  search: SearchIndex,
  exactSearch: ExactSearch,
  heldOut: VectorRows,
  base: VectorRows,
  dimension: number,
  onProgress: (share: number) => Promise<void>,
): Promise<number[]> {
  const k = Math.min(RECALL_K, base.imageIds.length);
  const rows = spreadPlaces(heldOut.imageIds.length, RECALL_QUERIES);
  if (rows.length === 0 || k === 0) return [];
  const vectors = new Float32Array(rows.length * dimension);
  rows.forEach((row, place) => {
    vectors.set(
      heldOut.vectors.subarray(row * dimension, (row + 1) * dimension),
      place * dimension,
    );
  });
  const exact = await exactSearch.nearest(vectors, base.vectors, dimension, k, (share) =>
    onProgress(share * 0.9),
  );
  const recalls: number[] = [];
  for (const place of rows.keys()) {
    const vector = vectors.subarray(place * dimension, (place + 1) * dimension);
    const nearest = exact.subarray(place * k, (place + 1) * k);
    const truth = new Set(Array.from(nearest, (position) => base.imageIds[position]));
    recalls.push(search(vector, k).filter(({ imageId }) => truth.has(imageId)).length / k);
    if (place % SEARCHES_AT_A_TIME === 0) await onProgress(0.9 + (place / rows.length) * 0.1);
  }
  return recalls;
}
