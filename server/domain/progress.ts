/** Awaited now and then with the share of some work that is done, 0 to 1. What it throws ends the work. */
export type OnProgress = (share: number) => Promise<void>;

/**
 * For each part of some work, done one after the other, what to tell its own share to.
 * @param weights how long they take beside each other, roughly; not all 0
 */
export function inParts<const Weights extends readonly number[]>(
  onProgress: OnProgress,
  ...weights: Weights
): { readonly [Part in keyof Weights]: OnProgress } {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight, part): OnProgress => {
    const before = weights.slice(0, part).reduce((sum, earlier) => sum + earlier, 0);
    return (share) => onProgress((before + weight * share) / all);
  });
  return parts as { [Part in keyof Weights]: OnProgress };
}
