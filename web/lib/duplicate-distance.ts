/** The largest distance of near duplicates, as it is typed. */

export const DISTANCE_MAX = 0.5;

/** Null leaves it to the server. */
export function distanceOf(text: string): number | null {
  if (text.trim() === '') return null;
  const distance = Number(text);
  return Number.isFinite(distance) ? distance : null;
}

/** What is wrong with a typed distance; null if nothing is. */
export function distanceProblem(text: string): string | null {
  if (text.trim() === '') return null;
  const distance = Number(text);
  return Number.isFinite(distance) && distance >= 0 && distance <= DISTANCE_MAX
    ? null
    : `The distance must be a number from 0 to ${DISTANCE_MAX}; leave it empty for the proposed one.`;
}
