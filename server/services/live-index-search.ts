import type { StopSignal } from '../domain/aborting.js';
import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { nearest, type Hit } from '../domain/neighbour.js';
import { distanceBetween, NearestHits } from '../domain/neighbour-scan.js';
import type { LiveIndex } from './live-index.js';
import type { ReadQuery } from './search-query.js';

/** Up to so many matches are always compared one by one: exact, and a few milliseconds. */
const FEW = 200;
/** Candidates that a graph looks at for a small k. */
const USUAL_EF = 64;
/** Comparisons before the event loop gets a turn: 50 microseconds each, most of it reading. */
const SCANNED_AT_A_TIME = 100;

/** Which of an index's images may answer. */
interface Candidates {
  readonly index: LiveIndex;
  /** Those that meet the filter; null where there is none, and all may. */
  readonly imageIds: readonly number[] | null;
  readonly isWanted: (imageId: number) => boolean;
}

/** Searches several indexes at once, among the images that meet a filter. */
export class FilteredSearch {
  private readonly candidates: readonly Candidates[];

  /** @param matches which images may answer; null is all */
  constructor(indexes: readonly LiveIndex[], matches: ReadonlySet<number> | null) {
    this.candidates = indexes.map((index) => ({
      index,
      imageIds: matches && [...matches].filter((id) => index.has(id)),
      isWanted: (id) => matches?.has(id) ?? true,
    }));
  }

  /** The k nearest by cosine, as many as there are up to k, without the images of the query. */
  async nearest(query: ReadQuery, k: number, signal?: StopSignal): Promise<Hit[]> {
    const lists: Hit[][] = [];
    for (const each of this.candidates) {
      lists.push(await nearestIn(each, query, k, signal));
    }
    return nearest(lists, k);
  }
}

async function nearestIn(
  { index, imageIds, isWanted }: Candidates,
  { vector, imageIds: leftOut, storedId }: ReadQuery,
  k: number,
  signal: StopSignal | undefined,
): Promise<Hit[]> {
  const known = imageIds || storedId === null ? null : index.neighboursOf(storedId, k);
  if (known) return known;
  if (imageIds && imageIds.length <= exactLimit(index.size, k)) {
    return scan(index, imageIds, vector, k, leftOut, signal);
  }
  const met = imageIds ? imageIds.length : index.size;
  let away = 0;
  for (const id of leftOut) if (index.has(id) && isWanted(id)) away += 1;
  const hits = imageIds
    ? index.search(vector, k + away, isWanted)
    : await index.searchAsync(vector, k + away);
  const found = hits.filter(({ imageId }) => !leftOut.has(imageId));
  // A graph may leave matches unfound, where few of its images match or some cannot be reached.
  return found.length >= Math.min(k, met - away)
    ? found
    : scan(index, imageIds ?? index.ids(), vector, k, leftOut, signal);
}

/**
 * Matches up to which comparing with each is quicker than a graph, which passes by the more images in
 * vain the fewer match: measured on 60,000 embeddings, where both took as long for 500 matches.
 */
function exactLimit(size: number, k: number): number {
  return Math.max(FEW, 2 * Math.sqrt(size * Math.max(1, k / USUAL_EF)));
}

/** Exact: compares with every one of them. */
async function scan(
  index: LiveIndex,
  imageIds: readonly number[],
  vector: Float32Array,
  k: number,
  leftOut: ReadonlySet<number>,
  signal: StopSignal | undefined,
): Promise<Hit[]> {
  const hits = new NearestHits(k);
  let scanned = 0;
  for (const imageId of imageIds) {
    const other = leftOut.has(imageId) ? null : index.vectorOf(imageId);
    if (other) hits.offer(imageId, distanceBetween(vector, other));
    scanned += 1;
    if (scanned % SCANNED_AT_A_TIME === 0) {
      await turnOfTheEventLoop(signal);
    }
  }
  return hits.hits();
}
