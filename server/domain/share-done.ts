/** Awaited now and then with the share of a work that is done, 0 to 1. What it throws ends the work. */
export type OnShare = (done: number) => Promise<void>;

/** For each part of a work, one after the other. @param weights what share of its time they take, roughly */
export function inParts<const Weights extends readonly number[]>(
  onShare: OnShare,
  ...weights: Weights
): { readonly [Part in keyof Weights]: OnShare } {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight, part): OnShare => {
    const before = weights.slice(0, part).reduce((sum, earlier) => sum + earlier, 0);
    return (done) => onShare((before + weight * done) / all);
  });
  return parts as { [Part in keyof Weights]: OnShare };
}
