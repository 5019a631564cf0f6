/** Shares of what a model finds usual, in words; never rounded up to all of it. */

/** `99.98%`, `100%` only where it is all. */
export function formatShareOfAll(share: number): string {
  if (share >= 1) return '100%';
  const percent = Math.floor(Math.max(0, share) * 10_000) / 100;
  return `${percent < 90 ? Math.floor(percent) : percent.toFixed(2)}%`;
}

/** Whether the model is from before this was measured. */
export function isUnmeasured(
  percentile: number | null | undefined,
): percentile is null | undefined {
  return percentile === null || percentile === undefined;
}

/** How near a neighbour is; null for models that were not measured. */
export function nearnessWords(percentile: number | null | undefined): string | null {
  if (isUnmeasured(percentile)) return null;
  if (percentile >= 1) return 'closer than all random pairs';
  return `closer than ${formatShareOfAll(percentile)} of random pairs`;
}

export const NEARNESS_MEANING =
  'The distance against those of random pairs of the training images: the higher the share, the less it is chance.';

/** How badly a picture is redrawn; null for models that were not measured. */
export function oddnessWords(percentile: number | null | undefined): string | null {
  if (isUnmeasured(percentile)) return null;
  if (percentile >= 1) return 'redrawn worse than every training image';
  return `redrawn worse than ${formatShareOfAll(percentile)} of the training images`;
}
