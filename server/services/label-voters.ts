import type { Hit } from '../domain/neighbour.js';
import { ScannedVectors } from '../domain/neighbour-scan.js';
import type { LiveIndex } from './live-index.js';

/** Neighbours that vote. */
export const VOTERS = 10;
/** Up to so many labelled images are compared one by one, which is exact: half a millisecond. */
const FEW = 4000;

/** Finds the labelled images that are nearest to an image. */
export class LabelVoters {
  /** Those that there are, where they are few. */
  private readonly few: ScannedVectors | null;
  private readonly isWanted: ((imageId: number) => boolean) | undefined;

  /**
   * @param index of the images that vote
   * @param labels of all that bear one
   */
  constructor(
    private readonly index: LiveIndex,
    private readonly labels: ReadonlyMap<number, string>,
    dimension: number,
  ) {
    const labelled = index.ids().filter((id) => labels.has(id));
    this.few = labelled.length > FEW ? null : new ScannedVectors(dimension);
    for (const id of this.few ? labelled : []) {
      const vector = index.vectorOf(id);
      if (vector) this.few?.put(id, vector);
    }
    const isEveryOne = labelled.length === index.size;
    this.isWanted = isEveryOne ? undefined : (id) => labels.has(id);
  }

  /**
   * The nearest first, never the image itself: those that are listed with the index where all of them
   * are labelled, else by a search.
   * @param vector of the image, at length 1
   */
  of(imageId: number, vector: Float32Array): Hit[] {
    const listed = this.index.has(imageId) ? this.index.neighboursOf(imageId, VOTERS) : null;
    if (listed?.every((hit) => this.labels.has(hit.imageId))) return listed;
    const k = VOTERS + 1;
    const hits = this.few?.search(vector, k) ?? this.index.search(vector, k, this.isWanted);
    return hits.filter((hit) => hit.imageId !== imageId).slice(0, VOTERS);
  }
}
