import { nearest, type Hit } from '../../../domain/neighbour.js';
import { unitVector } from '../../../domain/query-vector.js';
import type { NativeGraph } from './native-graph.js';
import { hitsIn } from './search-batches.js';

/** Hits that are listed of each image. */
const LISTED = 10;
/** In graphs of more images nothing is listed: this many take 25 MB. */
const MOST_IMAGES = 250_000;
/** Images whose lists are found in one go, on another thread: a few milliseconds. */
const IMAGES_AT_A_TIME = 32;

/**
 * The nearest to every image of a graph, itself left out (its k-nearest-neighbour graph). A graph never
 * changes but for what is removed, and most queries are by one of its images: the lists are found by
 * searching for each image once, beside other work, from the first question on.
 */
export class NeighbourLists {
  /** The row of each image. */
  private readonly rows = new Map<number, number>();
  private readonly ids: Uint32Array;
  private readonly distances: Float32Array;
  /** Hits in each row; 0 while they have not been found. */
  private readonly counts: Uint8Array;
  /** What the searches look at; null while none has been asked for. */
  private ef: number | null = null;

  constructor(
    private readonly graph: NativeGraph,
    private readonly dimension: number,
  ) {
    const ids = graph.ids();
    const isWorthIt = ids.length > LISTED && ids.length <= MOST_IMAGES;
    if (isWorthIt) ids.forEach((id, row) => this.rows.set(id, row));
    this.ids = new Uint32Array(this.rows.size * LISTED);
    this.distances = new Float32Array(this.rows.size * LISTED);
    this.counts = new Uint8Array(this.rows.size);
  }

  /**
   * What a search by the vector of an image finds that looks at `ef` candidates: the k nearest others,
   * nearest first, removed ones among them. Null where that is not listed, or not yet.
   */
  hitsOf(imageId: number, k: number, ef: number): Hit[] | null {
    if (this.ef === null) this.begin(ef);
    const row = this.rows.get(imageId);
    if (row === undefined || ef !== this.ef || (this.counts[row] ?? 0) < k) return null;
    return hitsIn(this.ids, this.distances, row * LISTED, k);
  }

  private begin(ef: number): void {
    this.ef = ef;
    // A list that could not be found is one that has to be searched for.
    this.fill(ef).catch(() => undefined);
  }

  private async fill(ef: number): Promise<void> {
    const asked = new Uint32Array(2 * IMAGES_AT_A_TIME);
    for (let at = 0; at < asked.length; at += 2) asked.set([LISTED + 1, ef], at);
    const room = LISTED + 1;
    const vectors = new Float32Array(IMAGES_AT_A_TIME * this.dimension);
    const ids = new Uint32Array(IMAGES_AT_A_TIME * room);
    const distances = new Float32Array(ids.length);
    const found = new Uint32Array(IMAGES_AT_A_TIME);
    const images = [...this.rows.keys()];
    for (let start = 0; start < images.length; start += IMAGES_AT_A_TIME) {
      const present = images
        .slice(start, start + IMAGES_AT_A_TIME)
        .filter((id) => this.graph.has(id));
      if (present.length === 0) continue;
      present.forEach((id, at) => this.readVector(id, vectors, at));
      const end = present.length * room;
      await this.graph.searchMany(
        ...([present.length, vectors, asked, ids.subarray(0, end)] as const),
        ...([distances.subarray(0, end), found] as const),
      );
      present.forEach((id, at) => {
        this.list(id, hitsIn(ids, distances, at * room, found[at] ?? 0));
      });
      await beside();
    }
  }

  private readVector(id: number, vectors: Float32Array, at: number): void {
    const row = vectors.subarray(at * this.dimension, (at + 1) * this.dimension);
    this.graph.readVector(id, row);
    unitVector(row, row);
  }

  private list(imageId: number, hits: readonly Hit[]): void {
    const row = this.rows.get(imageId);
    if (row === undefined) return;
    const others = nearest([hits], LISTED + 1).filter((hit) => hit.imageId !== imageId);
    others.slice(0, LISTED).forEach((hit, at) => {
      this.ids[row * LISTED + at] = hit.imageId;
      this.distances[row * LISTED + at] = hit.distance;
    });
    this.counts[row] = Math.min(LISTED, others.length);
  }
}

/** A turn of the event loop for all else; a process that has nothing else to do may end. */
function beside(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve).unref());
}
