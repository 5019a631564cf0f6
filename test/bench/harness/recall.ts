import type { VectorIndex } from '../../../server/ports/vector-indexes.js';
import { rowOf } from './vector-file.js';

export interface Recall {
  readonly ef: number;
  /** Share of the true ten nearest that were found. */
  readonly recall: number;
  readonly queriesPerSecond: number;
}

export const NEIGHBOURS = 10;

/** @param truth positions of each query's ten nearest, row by row; ids are positions + 1 */
export function measureRecall(
  index: VectorIndex,
  queries: Float32Array,
  dimension: number,
  truth: Int32Array,
  ef: number,
): Recall {
  const count = queries.length / dimension;
  let found = 0;
  const begun = performance.now();
  for (let query = 0; query < count; query += 1) {
    const hits = index.search(rowOf(queries, dimension, query), NEIGHBOURS, ef);
    const nearest = truth.subarray(query * NEIGHBOURS, (query + 1) * NEIGHBOURS);
    for (const { imageId } of hits) if (nearest.includes(imageId - 1)) found += 1;
  }
  const seconds = (performance.now() - begun) / 1000;
  return { ef, recall: found / (count * NEIGHBOURS), queriesPerSecond: count / seconds };
}
