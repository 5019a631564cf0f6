import type { OnProgress } from '../domain/progress.js';
import type { VectorIndex } from '../ports/vector-indexes.js';
import type { MeasuredQuery } from './neighbour-scores.js';

/** Searches before whoever waits gets a turn: some 5 ms. */
const SEARCHES_AT_A_TIME = 100;

/** P@10 of each query by the answers of an index whose searches look at `ef` candidates. */
export async function indexPrecisions(
  index: VectorIndex,
  ef: number,
  queries: readonly MeasuredQuery[],
  labels: ReadonlyMap<number, string | null>,
  onProgress: OnProgress,
): Promise<number[]> {
  const precisions: number[] = [];
  for (const { vector, label, neighbours } of queries) {
    const k = neighbours.length;
    const found = index.search(vector, k, ef);
    precisions.push(found.filter(({ imageId }) => labels.get(imageId) === label).length / k);
    if (precisions.length % SEARCHES_AT_A_TIME === 0) {
      await onProgress(precisions.length / queries.length);
    }
  }
  return precisions;
}
