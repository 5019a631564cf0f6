/** The neighbours that recall is measured on: the 10 nearest. */
export const RECALL_K = 10;

/** What an index finds, and takes for it, when it looks at `ef` candidates a search. */
export interface RecallPoint {
  readonly ef: number;
  /** Mean share of the exact 10 nearest that a search for 10 returns. */
  readonly recall: number;
  /** Usual microseconds a search. */
  readonly microseconds: number;
}

/** Candidates that are tried, each about a quarter more than the one before. */
export const EF_LADDER: readonly number[] = [
  10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512, 640, 768, 1024,
];

/** Candidates where nothing could be measured. */
export const USUAL_EF = 64;

/** Rungs that are measured above the target, so that a curve shows what more would bring. */
const RUNGS_ABOVE = 2;

export interface RecallChoice {
  /** Ascending by ef. */
  readonly curve: readonly RecallPoint[];
  /** The smallest ef that reaches the target; where none does, the one with the largest recall. */
  readonly ef: number;
}

/**
 * Climbs the ladder until the target is reached and a little beyond, then halves the gap below the
 * first rung that reached it, for the smallest ef that does.
 */
export async function chooseEf(
  target: number,
  measure: (ef: number) => Promise<RecallPoint>,
): Promise<RecallChoice> {
  const curve: RecallPoint[] = [];
  let above = 0;
  for (const ef of EF_LADDER) {
    const point = await measure(ef);
    curve.push(point);
    if (above > 0 || point.recall >= target) above += 1;
    if (above > RUNGS_ABOVE || (above > 0 && point.recall === 1)) break;
  }
  const reached = curve.findIndex(({ recall }) => recall >= target);
  if (reached === -1) return { curve, ef: bestOf(curve) };
  let low = curve[reached - 1]?.ef ?? 0;
  let high = curve[reached]?.ef ?? USUAL_EF;
  while (reached > 0 && high - low > 1) {
    const ef = Math.floor((low + high) / 2);
    const point = await measure(ef);
    curve.push(point);
    if (point.recall >= target) high = ef;
    else low = ef;
  }
  return { curve: curve.sort((one, other) => one.ef - other.ef), ef: high };
}

/** The recall that was measured at an ef; null where none was. */
export function recallAt(curve: readonly RecallPoint[], ef: number): number | null {
  return curve.find((point) => point.ef === ef)?.recall ?? null;
}

function bestOf(curve: readonly RecallPoint[]): number {
  const [first, ...others] = curve;
  if (!first) return USUAL_EF;
  return others.reduce((best, point) => (point.recall > best.recall ? point : best), first).ef;
}

/**
 * The ef of a search for k: in proportion to the k that it was chosen for, where that is not beyond two
 * for each. For a smaller k it is as for that one beside the image itself, so that its answer is the
 * start of theirs.
 */
export function candidatesFor(efSearch: number, k: number): number {
  const sought = Math.max(k, RECALL_K + 1);
  return Math.max(efSearch, Math.min(Math.ceil((efSearch * sought) / RECALL_K), 2 * sought));
}
