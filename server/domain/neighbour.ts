/** One answer of an index: an image id and its cosine distance (0 same direction, 2 opposite). */
export interface Hit {
  readonly imageId: number;
  readonly distance: number;
}

/** An image's place among the answers to a query. */
export interface Ranked extends Hit {
  /** 1 is the nearest. */
  readonly rank: number;
  /** Cosine similarity: 1 same direction, -1 opposite. */
  readonly similarity: number;
}

export const MAX_K = 1000;

/** The k nearest of several answer lists, nearest first; equal distances go by image id. */
export function nearest(lists: readonly (readonly Hit[])[], k: number): Ranked[] {
  return lists
    .flat()
    .sort((a, b) => a.distance - b.distance || a.imageId - b.imageId)
    .slice(0, k)
    .map(({ imageId, distance }, position) => ({
      imageId,
      distance,
      rank: position + 1,
      similarity: 1 - distance,
    }));
}
