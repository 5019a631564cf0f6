import type { Row, Target } from './benchmark.js';
import { median } from './statistics.js';

/**
 * Ours / other. Runs that were made by turns are compared one by one, and the median of that taken:
 * what slows the machine for a while slows both.
 */
export function ratioOf({ ours, other }: Row): number | null {
  if (!other || 'notRun' in other || ours.length === 0 || other.values.length === 0) return null;
  if (ours.length !== other.values.length) return median(ours) / median(other.values);
  return median(ours.map((value, run) => value / (other.values[run] ?? Number.NaN)));
}

/** Whether a row meets its target; null when it has none, or what it is about was not run. */
export function isMet(row: Row): boolean | null {
  const { target } = row;
  if (!target) return null;
  const value = target.of === 'ratio' ? ratioOf(row) : medianOrNull(row.ours);
  return value === null ? null : isWithin(target, value);
}

function isWithin({ atMost = Infinity, atLeast = -Infinity }: Target, value: number): boolean {
  return value <= atMost && value >= atLeast;
}

function medianOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : median(values);
}
