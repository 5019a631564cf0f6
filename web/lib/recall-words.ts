import { formatCount } from './format';

interface MeasuredIndex {
  readonly efSearch: number;
  readonly recall: number | null;
  readonly recallTarget: number | null;
  readonly reachesRecallTarget: boolean | null;
  readonly recallCurve: readonly { readonly ef: number; readonly microseconds: number }[];
}

/** `99.2 %` */
export function formatRecall(recall: number): string {
  return `${(Math.floor(recall * 1000) / 10).toFixed(1)} %`;
}

/** `41 µs` */
export function formatMicroseconds(microseconds: number): string {
  return `${microseconds < 10 ? microseconds.toFixed(1) : formatCount(Math.round(microseconds))} µs`;
}

/** What a search of an index looks at and finds, in a sentence or two. */
export function recallWords(index: MeasuredIndex): string {
  const { recall, recallTarget, efSearch, recallCurve } = index;
  const looksAt = `A search looks at ${formatCount(efSearch)} candidates (ef)`;
  if (recallTarget === null)
    return `${looksAt}, as its run was told; what it finds was not measured.`;
  if (recall === null) return `${looksAt}; there was too little to measure what it finds.`;
  const point = recallCurve.find(({ ef }) => ef === efSearch);
  const takes = point ? ` in about ${formatMicroseconds(point.microseconds)}` : '';
  const finds = `${looksAt} and finds ${formatRecall(recall)} of the true 10 nearest${takes}`;
  return index.reachesRecallTarget === true
    ? `${finds}. Of all that were tried, that is the smallest ef that reaches the target of ${formatRecall(recallTarget)}.`
    : `${finds}. No ef that was tried reaches the target of ${formatRecall(recallTarget)}: train with a larger efConstruction or M.`;
}
