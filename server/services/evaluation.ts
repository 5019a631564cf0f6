import type { Evaluation } from '../domain/model.js';
import type { Hit } from '../domain/neighbour.js';
import { RECALL_K } from '../domain/recall-curve.js';
import type { ExactSearch } from '../ports/networks.js';
import { RECALL_QUERIES, type VectorRows } from './recall-measuring.js';

/** Of a dataset that holds nothing out. */
const NOTHING_MEASURED: Omit<Evaluation, 'testLoss'> = {
  queryCount: 0,
  precisionAt10Exact: null,
  precisionAt10Index: null,
  recallQueryCount: 0,
  recallAt10: null,
};

/** Embeddings of one split, [labels.length, dimension] row by row, with the images' labels. */
export interface EmbeddedSplit extends VectorRows {
  readonly labels: readonly (string | null)[];
}

/**
 * Measures neighbours on held-out queries: precision at 10 (share of a query's neighbours with its
 * label) over all labelled queries, and the index's recall at 10 against exact search over the first
 * 1,000 queries.
 */
export async function evaluateNeighbours(
  search: ExactSearch,
  queries: EmbeddedSplit,
  base: EmbeddedSplit,
  dimension: number,
  searchIndex: (vector: Float32Array, k: number) => readonly Hit[],
  onProgress: (share: number) => Promise<void>,
): Promise<Omit<Evaluation, 'testLoss'>> {
  const k = Math.min(RECALL_K, base.labels.length);
  const count = queries.labels.length;
  if (count === 0) return NOTHING_MEASURED;
  const exact = await search.nearest(queries.vectors, base.vectors, dimension, k, (share) =>
    onProgress(share / 2),
  );
  const labelOf = new Map(base.imageIds.map((id, position) => [id, base.labels[position] ?? null]));
  const precision = { exact: 0, index: 0, queries: 0 };
  const recall = { found: 0, queries: Math.min(RECALL_QUERIES, count) };
  for (let query = 0; query < count; query += 1) {
    const vector = queries.vectors.subarray(query * dimension, (query + 1) * dimension);
    const found = searchIndex(vector, k).map(({ imageId }) => imageId);
    const nearest = Array.from(
      exact.subarray(query * k, (query + 1) * k),
      (position) => base.imageIds[position],
    );
    if (query < recall.queries) {
      const truth = new Set(nearest);
      recall.found += found.filter((id) => truth.has(id)).length / k;
    }
    const label = queries.labels[query];
    if (label !== null && label !== undefined) {
      const sharesLabel = (id: number | undefined) => id !== undefined && labelOf.get(id) === label;
      precision.exact += nearest.filter(sharesLabel).length / k;
      precision.index += found.filter(sharesLabel).length / k;
      precision.queries += 1;
    }
    if (query % 100 === 0) await onProgress(0.5 + query / count / 2);
  }
  return {
    queryCount: precision.queries,
    precisionAt10Exact: mean(precision.exact, precision.queries),
    precisionAt10Index: mean(precision.index, precision.queries),
    recallQueryCount: recall.queries,
    recallAt10: mean(recall.found, recall.queries),
  };
}

function mean(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count;
}
