import type { ModelStatistics } from '../domain/model.js';
import { pairDistances } from '../domain/pair-distances.js';
import { distanceQuantilesOf, errorQuantilesOf } from '../domain/quantiles.js';
import { seededRandom } from '../domain/random.js';

const PAIRS = 100_000;
const SEED = 1;

/**
 * What is usual among these embeddings; null of fewer than two, which no pair can be made of.
 * @param vectors [images, dimension] row by row
 * @param reconstructionErrors [images]
 */
export function modelStatistics(
  vectors: Float32Array,
  dimension: number,
  reconstructionErrors: Float32Array,
): ModelStatistics | null {
  const distances = pairDistances(vectors, dimension, PAIRS, seededRandom(SEED));
  if (distances.length === 0) return null;
  return {
    distanceQuantiles: distanceQuantilesOf(distances),
    errorQuantiles: errorQuantilesOf(reconstructionErrors.toSorted()),
  };
}
