/** One answer of an index: an image id and its cosine distance (0 same direction, 2 opposite). */
export interface Hit {
  readonly imageId: number;
  readonly distance: number;
}

export const MAX_K = 1000;

/** The k nearest of several answer lists, nearest first; equal distances go by image id. */
export function nearest(lists: readonly (readonly Hit[])[], k: number): Hit[] {
  const [only = [], ...more] = lists.filter((list) => list.length > 0);
  const hits = more.length === 0 ? only.slice() : lists.flat();
  if (!isInOrder(hits)) hits.sort(order);
  if (hits.length > k) hits.length = k;
  return hits;
}

/** As an index mostly gives them: looking is quicker than sorting. */
function isInOrder(hits: readonly Hit[]): boolean {
  let before: Hit | undefined;
  for (const hit of hits) {
    if (before && order(before, hit) > 0) return false;
    before = hit;
  }
  return true;
}

function order(one: Hit, other: Hit): number {
  return one.distance - other.distance || one.imageId - other.imageId;
}
