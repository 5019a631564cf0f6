/*
 * A sample told in few numbers: its quantiles at fixed shares, ascending. What is asked of distances
 * is mostly about small ones, and of errors about large ones: there the shares are close together.
 */
import { firstUnpassed } from './bisection.js';

/** Steps between the first quantile and the last. */
const STEPS = 200;

const closeAtStart = (position: number): number => position ** 2;
const closeAtEnd = (position: number): number => 1 - (1 - position) ** 2;

/**
 * 201 quantiles of distances, at the shares (i / 200) squared; none of an empty sample.
 * @param sorted ascending
 */
export function distanceQuantilesOf(sorted: ArrayLike<number>): number[] {
  return quantilesOf(sorted, closeAtStart);
}

/**
 * 201 quantiles of errors, at the shares 1 - ((200 - i) / 200) squared; none of an empty sample.
 * @param sorted ascending
 */
export function errorQuantilesOf(sorted: ArrayLike<number>): number[] {
  return quantilesOf(sorted, closeAtEnd);
}

/** The share of the distances behind `distanceQuantilesOf` that are larger, 0 to 1. */
export function shareFarther(quantiles: readonly number[], distance: number): number {
  if (quantiles.length === 0) return 0;
  return 1 - shareUpTo(quantiles, distance, closeAtStart, (quantile) => quantile <= distance);
}

/** The share of the errors behind `errorQuantilesOf` that are smaller, 0 to 1. */
export function shareBelow(quantiles: readonly number[], error: number): number {
  if (quantiles.length === 0) return 0;
  return shareUpTo(quantiles, error, closeAtEnd, (quantile) => quantile < error);
}

function quantilesOf(sorted: ArrayLike<number>, shareAt: (position: number) => number): number[] {
  if (sorted.length === 0) return [];
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const place = shareAt(step / STEPS) * (sorted.length - 1);
    const before = Math.floor(place);
    const low = sorted[before] ?? 0;
    const high = sorted[Math.min(before + 1, sorted.length - 1)] ?? low;
    return low + (high - low) * (place - before);
  });
}

/** The share at which the quantiles pass the value: between two of them, in proportion. */
function shareUpTo(
  quantiles: readonly number[],
  value: number,
  shareAt: (position: number) => number,
  isPassed: (quantile: number) => boolean,
): number {
  const steps = quantiles.length - 1;
  const passed = firstUnpassed(quantiles.length, (place) =>
    isPassed(quantiles[place] ?? Number.POSITIVE_INFINITY),
  );
  if (passed === 0) return 0;
  if (passed > steps) return 1;
  const [low, high] = [quantiles[passed - 1] ?? 0, quantiles[passed] ?? 0];
  const [from, to] = [shareAt((passed - 1) / steps), shareAt(passed / steps)];
  return high > low ? from + ((to - from) * (value - low)) / (high - low) : from;
}
