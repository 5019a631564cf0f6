/** One answer of an index: an image id and its cosine distance (0 same direction, 2 opposite). */
export interface Hit {
  readonly imageId: number;
  readonly distance: number;
}

export const MAX_K = 1000;

/** The k nearest of several answer lists, nearest first; equal distances go by image id. */
export function nearest(lists: readonly (readonly Hit[])[], k: number): Hit[] {
  const hits = lists.flat();
  // Mostly there is one list, and in order.
  if (!hits.every((hit, at) => isInOrder(hits[at - 1], hit))) hits.sort(order);
  return hits.length > k ? hits.slice(0, k) : hits;
}

function isInOrder(before: Hit | undefined, hit: Hit): boolean {
  return before === undefined || order(before, hit) <= 0;
}

function order(one: Hit, other: Hit): number {
  return one.distance - other.distance || one.imageId - other.imageId;
}
