import type { Hit } from '../../../domain/neighbour.js';
import { unitVector } from '../../../domain/query-vector.js';
import type { NativeGraph } from './native-graph.js';

/** So many go to another thread together: it begins while the next requests are still being read. */
const SEARCHES_PER_BATCH = 4;
/** A search for more hits is a batch of its own. */
const SHARED_ROOM = 100;
/** A search that is alone and looks at so few is done before another thread would have begun. */
const QUICK_EF = 100;

type Resolve = (hits: Hit[]) => void;
type Reject = (reason: unknown) => void;

/** Searches on their way through the graph, side by side in arrays that are used again. */
class SearchBatch {
  private readonly vectors: Float32Array;
  private readonly rows: Float32Array[];
  private readonly asked: Uint32Array;
  private readonly ids: Uint32Array;
  private readonly distances: Float32Array;
  private readonly found: Uint32Array;
  private readonly waiting: { readonly resolve: Resolve; readonly reject: Reject }[] = [];

  /** @param room for how many hits there is room, each search */
  constructor(
    dimension: number,
    readonly capacity: number,
    room: number,
  ) {
    this.vectors = new Float32Array(capacity * dimension);
    this.rows = Array.from({ length: capacity }, (_, row) =>
      this.vectors.subarray(row * dimension, (row + 1) * dimension),
    );
    this.asked = new Uint32Array(2 * capacity);
    this.ids = new Uint32Array(capacity * room);
    this.distances = new Float32Array(capacity * room);
    this.found = new Uint32Array(capacity);
  }

  get count(): number {
    return this.waiting.length;
  }

  put(vector: Float32Array, k: number, ef: number, resolve: Resolve, reject: Reject): void {
    const at = this.waiting.push({ resolve, reject }) - 1;
    unitVector(vector, this.rows[at]);
    this.asked[2 * at] = k;
    this.asked[2 * at + 1] = ef;
  }

  /** Does the only search of a batch here and now. */
  searchNow(graph: NativeGraph): void {
    const [query = this.vectors] = this.rows;
    const [k = 0, ef = 0] = this.asked;
    this.found[0] = graph.search(query, k, ef, this.ids, this.distances);
  }

  searchAway(graph: NativeGraph): Promise<void> {
    const { vectors, asked, ids, distances, found } = this;
    return graph.searchMany(this.count, vectors, asked, ids, distances, found);
  }

  /** Tells those who wait, and is empty. */
  answer(): void {
    // The graph shares the room among those that there are.
    const room = Math.floor(this.ids.length / this.count);
    this.waiting.forEach(({ resolve }, at) => {
      resolve(hitsIn(this.ids, this.distances, at * room, this.found[at] ?? 0));
    });
    this.waiting.length = 0;
  }

  fail(reason: unknown): void {
    for (const { reject } of this.waiting) reject(reason);
    this.waiting.length = 0;
  }
}

/**
 * Does the searches that are asked for in one turn of the event loop together, on another thread: the
 * event loop goes on meanwhile. One that is alone is done at once, where that is quick.
 */
export class SearchBatches {
  private filling: SearchBatch | null = null;
  private readonly free: SearchBatch[] = [];
  private underWay = 0;

  constructor(
    private readonly graph: NativeGraph,
    private readonly dimension: number,
  ) {}

  /** Up to k hits, nearest first. */
  search(vector: Float32Array, k: number, ef: number): Promise<Hit[]> {
    return new Promise((resolve, reject) => {
      if (k > SHARED_ROOM) {
        const own = new SearchBatch(this.dimension, 1, k);
        own.put(vector, k, ef, resolve, reject);
        this.start(own);
        return;
      }
      const batch = (this.filling ??= this.free.pop() ?? this.newBatch());
      batch.put(vector, k, ef, resolve, reject);
      if (batch.count === batch.capacity) this.start(batch);
      else if (batch.count === 1) setImmediate(() => this.endTurn(batch, ef));
    });
  }

  private newBatch(): SearchBatch {
    return new SearchBatch(this.dimension, SEARCHES_PER_BATCH, SHARED_ROOM);
  }

  private endTurn(batch: SearchBatch, ef: number): void {
    if (batch !== this.filling) return;
    if (batch.count > 1 || this.underWay > 0 || ef > QUICK_EF) {
      this.start(batch);
      return;
    }
    this.filling = null;
    try {
      batch.searchNow(this.graph);
      batch.answer();
    } catch (thrown) {
      batch.fail(thrown);
    }
    this.free.push(batch);
  }

  private start(batch: SearchBatch): void {
    if (this.filling === batch) this.filling = null;
    this.underWay += 1;
    batch
      .searchAway(this.graph)
      .then(() => batch.answer())
      .catch((thrown: unknown) => batch.fail(thrown))
      .finally(() => {
        this.underWay -= 1;
        if (batch.capacity === SEARCHES_PER_BATCH) this.free.push(batch);
      });
  }
}

/** The hits that a search has written from `start` on. */
export function hitsIn(
  ids: Uint32Array,
  distances: Float32Array,
  start: number,
  count: number,
): Hit[] {
  const hits: Hit[] = [];
  for (let at = start; at < start + count; at += 1) {
    // Rounding can put the distance of equal directions a hair below 0.
    hits.push({ imageId: ids[at] ?? 0, distance: Math.max(0, distances[at] ?? 0) });
  }
  return hits;
}
