import { firstUnpassed } from '../../../domain/bisection.js';
import { nearest, type Hit } from '../../../domain/neighbour.js';
import { unitVector } from '../../../domain/query-vector.js';
import type { NativeGraph } from './native-graph.js';
import { LISTED, type ListedHits } from './neighbour-lists-file.js';
import { hitsIn } from './search-batches.js';

/** In graphs of more images nothing is listed: this many take 25 MB. */
const MOST_IMAGES = 250_000;
/** Images whose lists are found in one go, on another thread: a few milliseconds. */
const IMAGES_AT_A_TIME = 32;

/** Whether the neighbours in a graph of so many images are listed. */
export function isListed(size: number): boolean {
  return size > LISTED && size <= MOST_IMAGES;
}

/**
 * The nearest to every image of a graph, itself left out (its k-nearest-neighbour graph). A graph never
 * changes but for what is removed, and most queries are by one of its images: the lists are found by
 * searching for each image once, where it is built; what is not stored, beside other work, from the
 * first question on.
 */
export class NeighbourLists {
  /** Of each row its image, in the order of their ids. */
  private readonly images: Uint32Array;
  private ids: Uint32Array;
  private distances: Float32Array;
  /** Hits in each row; 0 while they have not been found. */
  private counts: Uint8Array;
  /** What the searches look at; null while none has been asked for. */
  private ef: number | null = null;

  /**
   * @param stored what was found where the graph was built, of all its images; null where that is lost
   * @param isWhole whether nothing is removed from the graph
   */
  constructor(
    private readonly graph: NativeGraph,
    private readonly dimension: number,
    private readonly stored: () => Promise<ListedHits | null>,
    private readonly isWhole: () => boolean,
  ) {
    const ids = graph.ids();
    // The same whatever order the graph has them in.
    this.images = isListed(ids.length) ? ids.sort() : new Uint32Array();
    this.ids = new Uint32Array(this.images.length * LISTED);
    this.distances = new Float32Array(this.images.length * LISTED);
    this.counts = new Uint8Array(this.images.length);
  }

  /**
   * What a search by the vector of an image finds that looks at `ef` candidates: the k nearest others,
   * nearest first, removed ones among them. Null where that is not listed, or not yet.
   */
  hitsOf(imageId: number, k: number, ef: number): Hit[] | null {
    if (this.ef === null) this.begin(ef);
    const row = placeOf(imageId, this.images);
    if (row < 0 || ef !== this.ef || (this.counts[row] ?? 0) < k) return null;
    return hitsIn(this.ids, this.distances, row * LISTED, k);
  }

  /** The lists of all images, by searches that look at `ef` candidates. */
  async all(ef: number, onTurn: (done: number) => Promise<void>): Promise<ListedHits> {
    this.ef = ef;
    await this.fill(ef, onTurn);
    const { images, ids, distances, counts } = this;
    return { ef, images, ids, distances, counts };
  }

  private begin(ef: number): void {
    this.ef = ef;
    // A list that could not be found is one that has to be searched for.
    this.takeStored(ef)
      .then((isTaken) => (isTaken && this.isWhole() ? undefined : this.fill(ef, beside)))
      .catch(() => undefined);
  }

  private async takeStored(ef: number): Promise<boolean> {
    if (this.images.length === 0) return false;
    const stored = await this.stored();
    if (stored?.ef !== ef || !this.images.every((id, row) => id === stored.images[row])) {
      return false;
    }
    this.ids = stored.ids;
    this.distances = stored.distances;
    this.counts = stored.counts;
    return true;
  }

  private async fill(ef: number, onTurn: (done: number) => Promise<void>): Promise<void> {
    const asked = new Uint32Array(2 * IMAGES_AT_A_TIME);
    for (let at = 0; at < asked.length; at += 2) asked.set([LISTED + 1, ef], at);
    const room = LISTED + 1;
    const vectors = new Float32Array(IMAGES_AT_A_TIME * this.dimension);
    const ids = new Uint32Array(IMAGES_AT_A_TIME * room);
    const distances = new Float32Array(ids.length);
    const found = new Uint32Array(IMAGES_AT_A_TIME);
    for (let start = 0; start < this.images.length; start += IMAGES_AT_A_TIME) {
      const missing = this.missingIn(start, start + IMAGES_AT_A_TIME);
      if (missing.length > 0) {
        missing.forEach((row, at) => this.readVector(this.images[row] ?? 0, vectors, at));
        const end = missing.length * room;
        await this.graph.searchMany(
          ...([missing.length, vectors, asked, ids.subarray(0, end)] as const),
          ...([distances.subarray(0, end), found] as const),
        );
        missing.forEach((row, at) => {
          this.list(row, hitsIn(ids, distances, at * room, found[at] ?? 0));
        });
      }
      await onTurn(Math.min(start + IMAGES_AT_A_TIME, this.images.length));
    }
  }

  /** The rows of images that are there, and whose list is not, or names an image that is removed. */
  private missingIn(start: number, end: number): number[] {
    const missing: number[] = [];
    for (let row = start; row < Math.min(end, this.images.length); row += 1) {
      if (this.graph.has(this.images[row] ?? 0) && !this.isPresent(row)) missing.push(row);
    }
    return missing;
  }

  private isPresent(row: number): boolean {
    const count = this.counts[row] ?? 0;
    const hits = this.ids.subarray(row * LISTED, row * LISTED + count);
    return count > 0 && hits.every((id) => this.graph.has(id));
  }

  private readVector(id: number, vectors: Float32Array, at: number): void {
    const row = vectors.subarray(at * this.dimension, (at + 1) * this.dimension);
    this.graph.readVector(id, row);
    unitVector(row, row);
  }

  private list(row: number, hits: readonly Hit[]): void {
    const imageId = this.images[row];
    const others = nearest([hits], LISTED + 1).filter((hit) => hit.imageId !== imageId);
    others.slice(0, LISTED).forEach((hit, at) => {
      this.ids[row * LISTED + at] = hit.imageId;
      this.distances[row * LISTED + at] = hit.distance;
    });
    this.counts[row] = Math.min(LISTED, others.length);
  }
}

/** Where a number stands among ascending ones; -1 where it does not. */
export function placeOf(wanted: number, ascending: Uint32Array): number {
  // Of ids without gaps the place is that far from the first.
  const guess = wanted - (ascending[0] ?? 0);
  if (ascending[guess] === wanted) return guess;
  const place = firstUnpassed(ascending.length, (at) => (ascending[at] ?? 0) < wanted);
  return ascending[place] === wanted ? place : -1;
}

/** A turn of the event loop for all else; a process that has nothing else to do may end. */
function beside(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve).unref());
}
