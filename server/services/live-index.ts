import type { Embedding, ModelIndex } from '../domain/model.js';
import { nearest, type Hit } from '../domain/neighbour.js';
import { distanceBetween, ScannedVectors } from '../domain/neighbour-scan.js';
import { unitVector } from '../domain/query-vector.js';
import { candidatesFor } from '../domain/recall-curve.js';
import type { VectorIndex } from '../ports/vector-indexes.js';

/** One split under one model, as it stands: what was indexed, what came since, less what went. */
export interface LiveIndex {
  readonly size: number;
  /** The index that was opened; null where the split has none yet. */
  readonly base: ModelIndex | null;
  has(imageId: number): boolean;
  ids(): number[];
  /** At length 1, or all zeros; null where the image is not there. */
  vectorOf(imageId: number): Float32Array | null;
  /**
   * Up to k hits by cosine distance, nearest first: exact among what came since, HNSW among what was
   * indexed, so that there may be fewer than k although more match.
   * @param vector at length 1, or all zeros
   */
  search(vector: Float32Array, k: number, isWanted?: (imageId: number) => boolean): Hit[];
  /** As `search`, without holding up the event loop. */
  searchAsync(vector: Float32Array, k: number): Promise<Hit[]>;
  /** The k that `search` finds for an image of the index beside itself; null where it has to search. */
  neighboursOf(imageId: number, k: number): Hit[] | null;
  /** Begins to get to know what `neighboursOf` answers, beside other work, ahead of the first question. */
  lookAhead(): void;
}

/** An index on disk, loaded, with what was noted since it was built. */
export interface OpenedIndex {
  readonly base: ModelIndex;
  readonly graph: VectorIndex;
}

const LEAST_FRESH = 1000;
const LEAST_REMOVED = 100;
const TOLERATED_SHARE = 0.2;
/** Two embeddings of one picture differ by rounding alone. */
const SAME_VECTOR = 1e-6;

export class SplitIndex implements LiveIndex {
  private readonly fresh: ScannedVectors;

  /** @param dimension numbers per embedding */
  constructor(
    private readonly opened: OpenedIndex | null,
    dimension: number,
  ) {
    this.fresh = new ScannedVectors(dimension);
  }

  get base(): ModelIndex | null {
    return this.opened?.base ?? null;
  }

  get size(): number {
    return this.fresh.size + (this.opened?.graph.size ?? 0);
  }

  /** Whether so much has come or gone that the index is better built anew. */
  get isWorn(): boolean {
    const { size = 0, removedCount = 0 } = this.opened?.graph ?? {};
    const share = size * TOLERATED_SHARE;
    return (
      this.fresh.size > Math.max(LEAST_FRESH, share) ||
      removedCount > Math.max(LEAST_REMOVED, share)
    );
  }

  has(imageId: number): boolean {
    return this.fresh.has(imageId) || (this.opened?.graph.has(imageId) ?? false);
  }

  ids(): number[] {
    return [...(this.opened?.graph.ids() ?? []), ...this.fresh.ids()];
  }

  vectorOf(imageId: number): Float32Array | null {
    return this.fresh.vectorOf(imageId) ?? this.opened?.graph.vectorOf(imageId) ?? null;
  }

  search(vector: Float32Array, k: number, isWanted?: (imageId: number) => boolean): Hit[] {
    const lists = [this.fresh.search(vector, k, isWanted)];
    if (this.opened) {
      const { graph, base } = this.opened;
      lists.push(graph.search(vector, k, candidatesFor(base.efSearch, k), isWanted));
    }
    return nearest(lists, k);
  }

  async searchAsync(vector: Float32Array, k: number): Promise<Hit[]> {
    const fresh = this.fresh.search(vector, k);
    if (!this.opened) return fresh;
    const { graph, base } = this.opened;
    // Hits of equal distance may be in any order.
    return nearest([fresh, await graph.searchAsync(vector, k, candidatesFor(base.efSearch, k))], k);
  }

  neighboursOf(imageId: number, k: number): Hit[] | null {
    const { graph, base } = this.opened ?? {};
    if (!graph || !base) return null;
    const known = graph.neighboursOf(imageId, k, candidatesFor(base.efSearch, k + 1));
    const vector = known && this.fresh.size > 0 ? graph.vectorOf(imageId) : null;
    return known && vector ? nearest([this.fresh.search(vector, k), known], k) : known;
  }

  lookAhead(): void {
    // By any question: from the first on, an index lists the neighbours of all.
    this.neighboursOf(0, 1);
  }

  /** Takes embeddings in; does nothing for those that it has. */
  add(embeddings: readonly Embedding[]): void {
    for (const { imageId, vector } of embeddings) {
      const graph = this.opened?.graph;
      const known = graph?.vectorOf(imageId) ?? null;
      if (known && isSameVector(known, unitVector(vector))) continue;
      graph?.remove(imageId);
      this.fresh.put(imageId, vector);
    }
  }

  /** Lets go of images; does nothing for those that it has not. */
  remove(imageIds: readonly number[]): void {
    for (const imageId of imageIds) {
      this.fresh.remove(imageId);
      this.opened?.graph.remove(imageId);
    }
  }
}

/** Whether two vectors, each at length 1 or all zeros, are of one embedding. */
export function isSameVector(one: Float32Array, other: Float32Array): boolean {
  // Two vectors of zeros are the same, though their distance is 1.
  return distanceBetween(one, other) < SAME_VECTOR || one.every((value, at) => value === other[at]);
}
