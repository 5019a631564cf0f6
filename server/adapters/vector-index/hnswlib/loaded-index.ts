import type { Hit } from '../../../domain/neighbour.js';
import { unitVector } from '../../../domain/query-vector.js';
import type { VectorIndex } from '../../../ports/vector-indexes.js';
import type { NativeGraph } from './native-graph.js';
import { NeighbourLists } from './neighbour-lists.js';
import type { ListedHits } from './neighbour-lists-file.js';
import { hitsIn, SearchBatches } from './search-batches.js';

/** A graph in memory. What is removed is marked in the graph: it still leads to its neighbours. */
export class HnswlibIndex implements VectorIndex {
  private readonly builtSize: number;
  private removed = 0;
  /** Room for a query and its hits, kept from one search to the next. */
  private readonly query: Float32Array;
  private foundIds = new Uint32Array();
  private foundDistances = new Float32Array();
  private readonly batches: SearchBatches;
  /** Null until it is asked for: those who build an index never do. */
  private lists: NeighbourLists | null = null;

  /** @param stored the lists of neighbours that were stored with the graph */
  constructor(
    private readonly graph: NativeGraph,
    private readonly dimension: number,
    private readonly stored: () => Promise<ListedHits | null>,
  ) {
    this.builtSize = graph.ids().length;
    this.query = new Float32Array(dimension);
    this.batches = new SearchBatches(graph, dimension);
  }

  get size(): number {
    return this.builtSize - this.removed;
  }

  get removedCount(): number {
    return this.removed;
  }

  has(imageId: number): boolean {
    return this.graph.has(imageId);
  }

  ids(): number[] {
    const ids = Array.from(this.graph.ids());
    return this.removed === 0 ? ids : ids.filter((id) => this.graph.has(id));
  }

  vectorOf(imageId: number): Float32Array | null {
    const vector = new Float32Array(this.dimension);
    return this.graph.readVector(imageId, vector) ? vector : null;
  }

  remove(imageId: number): void {
    if (!this.graph.has(imageId)) return;
    this.graph.remove(imageId);
    this.removed += 1;
  }

  search(
    vector: Float32Array,
    k: number,
    ef: number,
    isWanted?: (imageId: number) => boolean,
  ): Hit[] {
    const wanted = Math.min(k, this.size);
    if (wanted === 0) return [];
    this.makeRoomFor(wanted);
    unitVector(vector, this.query);
    const { query, foundIds, foundDistances } = this;
    const lookedAt = Math.max(ef, wanted);
    const count = this.graph.search(query, wanted, lookedAt, foundIds, foundDistances, isWanted);
    return hitsIn(foundIds, foundDistances, 0, count);
  }

  async searchAsync(vector: Float32Array, k: number, ef: number): Promise<Hit[]> {
    const wanted = Math.min(k, this.size);
    if (wanted === 0) return [];
    const { removed } = this;
    const hits = await this.batches.search(vector, wanted, Math.max(ef, wanted));
    return removed === this.removed ? hits : hits.filter(({ imageId }) => this.graph.has(imageId));
  }

  neighboursOf(imageId: number, k: number, ef: number): Hit[] | null {
    this.lists ??= new NeighbourLists(
      ...([this.graph, this.dimension, this.stored] as const),
      () => this.removed === 0,
    );
    const hits = this.lists.hitsOf(imageId, k, ef);
    if (this.removed === 0 || !hits) return hits;
    const isWhole = this.graph.has(imageId) && hits.every((hit) => this.graph.has(hit.imageId));
    return isWhole ? hits : null;
  }

  private makeRoomFor(count: number): void {
    if (this.foundIds.length >= count) return;
    this.foundIds = new Uint32Array(count);
    this.foundDistances = new Float32Array(count);
  }
}
