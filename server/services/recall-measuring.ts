import { distanceBetween } from '../domain/neighbour-scan.js';
import { unitVector } from '../domain/query-vector.js';
import { RECALL_K, type RecallPoint } from '../domain/recall-curve.js';
import { spreadPlaces } from '../domain/spread.js';
import type { ExactSearch } from '../ports/networks.js';
import type { VectorIndex } from '../ports/vector-indexes.js';

/** As many queries as recall is measured on, at most. */
export const RECALL_QUERIES = 1000;
/** Distances that differ by less differ by rounding alone. */
const SAME_DISTANCE = 1e-6;
/** Searches before whoever waits gets a turn: some 5 ms. */
const SEARCHES_AT_A_TIME = 100;

/** Embeddings and whose they are; `vectors` is [imageIds.length, dimension] row by row. */
export interface VectorRows {
  readonly imageIds: readonly number[];
  readonly vectors: Float32Array;
}

interface Query {
  readonly vector: Float32Array;
  /** The image itself where it is in the index: no search can miss it, so that it does not count. */
  readonly own: number | null;
  /** Distance of the last of the exact nearest: of several as far, any is as good. */
  readonly radius: number;
}

/** The recall at 10 of an index over `base`, against exact search. */
export class RecallMeasuring {
  private constructor(
    private readonly index: VectorIndex,
    private readonly queries: readonly Query[],
    /** Neighbours to be found of each, itself not counted. */
    private readonly k: number,
    private readonly onTurn: () => Promise<void>,
  ) {}

  /**
   * Finds the exact neighbours of up to RECALL_QUERIES queries, spread over `heldOut`, or over `base` where
   * nothing is held out. Null where there is nothing to find.
   */
  static async prepare(
    search: ExactSearch,
    index: VectorIndex,
    base: VectorRows,
    heldOut: VectorRows,
    dimension: number,
    onTurn: () => Promise<void>,
  ): Promise<RecallMeasuring | null> {
    const isHeldOut = heldOut.imageIds.length > 0;
    const sample = spread(isHeldOut ? heldOut : base, RECALL_QUERIES, dimension);
    const own = isHeldOut ? 0 : 1;
    const k = Math.min(RECALL_K, base.imageIds.length - own);
    if (k < 1) return null;
    const asked = k + own;
    const exact = await search.nearest(sample.vectors, base.vectors, dimension, asked, onTurn);
    const queries = sample.imageIds.map((imageId, query) => {
      const vector = rowOf(sample, query, dimension);
      const others = Array.from(exact.subarray(query * asked, (query + 1) * asked)).filter(
        (position) => isHeldOut || base.imageIds[position] !== imageId,
      );
      const last = unitVector(rowOf(base, others[k - 1] ?? 0, dimension));
      const radius = distanceBetween(unitVector(vector), last);
      return { vector, own: isHeldOut ? null : imageId, radius };
    });
    return new RecallMeasuring(index, queries, k, onTurn);
  }

  async at(ef: number): Promise<RecallPoint> {
    const { recalls, microseconds } = await this.search(ef);
    const found = recalls.reduce((sum, recall) => sum + recall, 0);
    return { ef, recall: found / recalls.length, microseconds: median(microseconds) };
  }

  /** The recall of each query. */
  async recallsAt(ef: number): Promise<readonly number[]> {
    return (await this.search(ef)).recalls;
  }

  private async search(ef: number) {
    const recalls: number[] = [];
    const microseconds: number[] = [];
    for (let start = 0; start < this.queries.length; start += SEARCHES_AT_A_TIME) {
      const batch = this.queries.slice(start, start + SEARCHES_AT_A_TIME);
      const began = performance.now();
      const answers = batch.map(({ vector, own }) =>
        this.index.search(vector, this.k + (own === null ? 0 : 1), ef),
      );
      microseconds.push(((performance.now() - began) * 1000) / batch.length);
      batch.forEach(({ own, radius }, at) => {
        const near = (answers[at] ?? []).filter(
          ({ imageId, distance }) => imageId !== own && distance <= radius + SAME_DISTANCE,
        );
        recalls.push(Math.min(near.length, this.k) / this.k);
      });
      await this.onTurn();
    }
    return { recalls, microseconds };
  }
}

/** Of batches, for one that is interrupted tells nothing of the index. */
function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** Up to `count` rows, evenly spread over all. */
function spread(rows: VectorRows, count: number, dimension: number): VectorRows {
  if (rows.imageIds.length <= count) return rows;
  const places = spreadPlaces(rows.imageIds.length, count);
  const vectors = new Float32Array(count * dimension);
  places.forEach((row, place) => {
    vectors.set(rowOf(rows, row, dimension), place * dimension);
  });
  return { imageIds: places.map((row) => rows.imageIds[row] ?? 0), vectors };
}

function rowOf({ vectors }: VectorRows, row: number, dimension: number): Float32Array {
  return vectors.subarray(row * dimension, (row + 1) * dimension);
}
