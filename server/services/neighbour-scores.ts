import { estimateMean } from '../domain/bootstrap.js';
import type { NeighbourScores } from '../domain/evaluation.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import { averagePrecision, labelByVote, precisionAt } from '../domain/ranking-measures.js';
import { RECALL_K } from '../domain/recall-curve.js';
import { spreadPlaces } from '../domain/spread.js';
import type { ExactSearch } from '../ports/networks.js';
import type { VectorRows } from './recall-measuring.js';

/** Labelled queries that are measured, at most: an interval of a hundredth is narrow enough. */
const MAX_QUERIES = 10_000;
/** Places of a ranking that are looked at. */
const RANKING = 100;
/** Rankings that are measured before whoever waits gets a turn. */
const QUERIES_AT_A_TIME = 500;

/** Vectors of one split, [imageIds.length, dimension] row by row, with the images' labels. */
export interface LabelledRows extends VectorRows {
  readonly labels: readonly (string | null)[];
}

/** A query with its 10 nearest, and what is measured of its ranking. */
export interface MeasuredQuery {
  readonly imageId: number;
  readonly label: string;
  readonly vector: Float32Array;
  /** Of the 10 nearest by exact search, nearest first. */
  readonly neighbours: readonly { readonly imageId: number; readonly label: string | null }[];
  readonly precisionAt1: number;
  readonly precisionAt10: number;
  readonly averagePrecision: number;
  /** 1 where the vote of the 10 nearest tells the label, else 0. */
  readonly accuracy: number;
}

/**
 * Ranks the base for each labelled query, up to `most` spread over all, by exact search.
 * Images of the base without a label share it with nobody.
 */
export async function measureQueries(
  search: ExactSearch,
  queries: LabelledRows,
  base: LabelledRows,
  dimension: number,
  onProgress: OnProgress,
  most = MAX_QUERIES,
): Promise<MeasuredQuery[]> {
  const k = Math.min(RANKING, base.imageIds.length);
  const rows = labelledRows(queries, most);
  if (rows.length === 0 || k === 0) return [];
  const vectors = new Float32Array(rows.length * dimension);
  rows.forEach(({ row }, place) => {
    vectors.set(
      queries.vectors.subarray(row * dimension, (row + 1) * dimension),
      place * dimension,
    );
  });
  const [searching, scoring] = inParts(onProgress, 9, 1);
  const nearest = await search.nearest(vectors, base.vectors, dimension, k, searching);
  const sizes = sizesOf(base.labels);
  const measured: MeasuredQuery[] = [];
  for (const [place, { row, label }] of rows.entries()) {
    const ranking = Array.from(nearest.subarray(place * k, (place + 1) * k));
    const sharing = ranking.map((position) => base.labels[position] === label);
    const neighbours = ranking.slice(0, RECALL_K).map((position) => ({
      imageId: base.imageIds[position] ?? 0,
      label: base.labels[position] ?? null,
    }));
    const told = labelByVote(neighbours.map((neighbour) => neighbour.label));
    measured.push({
      imageId: queries.imageIds[row] ?? 0,
      label,
      vector: vectors.subarray(place * dimension, (place + 1) * dimension),
      neighbours,
      precisionAt1: precisionAt(sharing, 1),
      precisionAt10: precisionAt(sharing, RECALL_K),
      averagePrecision: averagePrecision(sharing, sizes.get(label) ?? 0),
      accuracy: Number(told === label),
    });
    if (place % QUERIES_AT_A_TIME === 0) await scoring(place / rows.length);
  }
  return measured;
}

/** Null where there are no queries. `onTurn` is awaited between two intervals, some 100 ms each. */
export async function scoresOf(
  queries: readonly MeasuredQuery[],
  onTurn: () => Promise<void>,
): Promise<NeighbourScores | null> {
  const estimate = async (valueOf: (query: MeasuredQuery) => number) => {
    await onTurn();
    return estimateMean(queries.map(valueOf));
  };
  const precisionAt1 = await estimate((query) => query.precisionAt1);
  const precisionAt10 = await estimate((query) => query.precisionAt10);
  const meanAveragePrecisionAt100 = await estimate((query) => query.averagePrecision);
  const accuracyAt10 = await estimate(({ accuracy }) => accuracy);
  if (!precisionAt1 || !precisionAt10 || !meanAveragePrecisionAt100 || !accuracyAt10) return null;
  return { precisionAt1, precisionAt10, meanAveragePrecisionAt100, accuracyAt10 };
}

/** The scores of any vectors of the same images: a model's, or those of a plain way to compare. */
export async function neighbourScores(
  search: ExactSearch,
  queries: LabelledRows,
  base: LabelledRows,
  dimension: number,
  onProgress: OnProgress,
  most: number,
): Promise<NeighbourScores | null> {
  const measured = await measureQueries(search, queries, base, dimension, onProgress, most);
  return scoresOf(measured, () => onProgress(1));
}

function labelledRows(
  { labels }: LabelledRows,
  most: number,
): { readonly row: number; readonly label: string }[] {
  const all = labels.flatMap((label, row) => (label === null ? [] : [{ row, label }]));
  return spreadPlaces(all.length, most).flatMap((place) => all[place] ?? []);
}

/** How many images bear each label. */
function sizesOf(labels: readonly (string | null)[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const label of labels) if (label !== null) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return sizes;
}
