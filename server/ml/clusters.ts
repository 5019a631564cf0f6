import { inParts, type OnProgress } from '../domain/progress.js';
import { nearestRows } from './nearest-rows.js';
import type { TensorFlow } from './tf.js';

/** The nearest centres of each row. */
export interface NearestCentres {
  /** Centres that each row has. */
  readonly each: number;
  /** [rows, each], nearest first. */
  readonly centres: Int32Array;
  /** [rows, each], which add up to one. */
  readonly shares: Float32Array;
}

/**
 * Spherical k-means (Dhillon, Modha: Concept Decompositions for Large Sparse Text Data, Machine Learning
 * 2001): centres on the unit sphere, each the direction of the rows that are nearest to it by cosine. A
 * centre that no row is nearest to moves onto a random row.
 * @param rows [count, dimension], each of length one
 * @param count of centres; of more than there are rows some lie together; of rows of zeros they are zeros
 * @returns [count, dimension]
 */
export async function sphericalCentres(
  tf: TensorFlow,
  rows: Float32Array,
  dimension: number,
  count: number,
  passes: number,
  random: () => number,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const rowCount = rows.length / dimension;
  const rowAt = (row: number) => rows.subarray(row * dimension, (row + 1) * dimension);
  const randomRow = () => rowAt(Math.floor(random() * rowCount));
  const progressOfPasses = inParts(onProgress, ...new Array<number>(passes).fill(1));
  let centres: Float32Array = new Float32Array(count * dimension);
  for (let centre = 0; centre < count; centre += 1) centres.set(randomRow(), centre * dimension);
  for (const ofPass of progressOfPasses) {
    const { positions } = await nearestRows(tf, rows, centres, dimension, 1, ofPass);
    const sums = sumsOfGroups(rows, dimension, positions, count);
    for (let start = 0; start < sums.length; start += dimension) {
      const sum = sums.subarray(start, start + dimension);
      const length = Math.hypot(...sum);
      if (length === 0) sum.set(randomRow());
      else sum.forEach((number, at) => (sum[at] = number / length));
    }
    centres = sums;
  }
  return centres;
}

/**
 * The sum of the rows of each group.
 * @param rows [rows, dimension] @param groups [rows]: the group of each; of a negative one it is in none
 * @returns [count, dimension]
 */
export function sumsOfGroups(
  rows: Float32Array,
  dimension: number,
  groups: Int32Array,
  count: number,
): Float32Array {
  const sums = new Float32Array(count * dimension);
  groups.forEach((group, position) => {
    if (group < 0) return;
    const [sum, row] = [group * dimension, position * dimension];
    for (let at = 0; at < dimension; at += 1) {
      sums[sum + at] = (sums[sum + at] ?? 0) + (rows[row + at] ?? 0);
    }
  });
  return sums;
}

/**
 * The `each` nearest centres of each row, and shares by softmax(cosine / temperature) among them.
 * @param rows [count, dimension] @param centres [centres, dimension], both of length one
 */
export async function nearestCentres(
  tf: TensorFlow,
  rows: Float32Array,
  centres: Float32Array,
  dimension: number,
  each: number,
  temperature: number,
  onProgress: OnProgress,
): Promise<NearestCentres> {
  const { positions, cosines } = await nearestRows(tf, rows, centres, dimension, each, onProgress);
  const shares = new Float32Array(cosines.length);
  for (let start = 0; start < cosines.length; start += each) {
    const own = cosines.subarray(start, start + each);
    const nearest = own[0] ?? 0;
    const powers = own.map((cosine) => Math.exp((cosine - nearest) / temperature));
    const sum = powers.reduce((total, power) => total + power, 0);
    shares.set(
      powers.map((power) => power / sum),
      start,
    );
  }
  return { each, centres: positions, shares };
}
