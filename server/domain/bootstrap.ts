import type { Estimate } from './evaluation.js';
import { seededRandom } from './random.js';

/** One fewer than a thousand: then the 25th and the 975th of them are the bounds of 95 %. */
const RESAMPLES = 999;
const LOW = 25;
const HIGH = 975;
/** The same for all: equal values have equal intervals, on every machine. */
const SEED = 1979;

/**
 * The mean of what was measured of each query, with a 95 % interval: the percentile bootstrap
 * (Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979), which draws as many queries
 * again with replacement, 999 times. Null where nothing was measured. Values that are all equal have
 * an interval of no width, which says little when they are few.
 */
export function estimateMean(values: ArrayLike<number>): Estimate | null {
  const { length } = values;
  if (length === 0) return null;
  const drawn = Float64Array.from(values);
  const random = seededRandom(SEED);
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    let sum = 0;
    for (let draw = 0; draw < length; draw += 1) sum += drawn[Math.floor(random() * length)] ?? 0;
    means[resample] = sum / length;
  }
  means.sort();
  const value = drawn.reduce((sum, one) => sum + one, 0) / length;
  return { value, low: means[LOW - 1] ?? value, high: means[HIGH - 1] ?? value };
}
