import type { HierarchicalNSW } from 'hnswlib-node';
import type { Hit } from '../../../domain/neighbour.js';
import type { VectorIndex } from '../../../ports/vector-indexes.js';

/** A graph in memory. What is removed is marked in the graph: it still leads to its neighbours. */
export class HnswlibIndex implements VectorIndex {
  private readonly present: Set<number>;
  private removed = 0;

  constructor(private readonly graph: HierarchicalNSW) {
    this.present = new Set(graph.getIdsList());
  }

  get size(): number {
    return this.present.size;
  }

  get removedCount(): number {
    return this.removed;
  }

  has(imageId: number): boolean {
    return this.present.has(imageId);
  }

  ids(): number[] {
    return [...this.present];
  }

  vectorOf(imageId: number): Float32Array | null {
    return this.present.has(imageId) ? Float32Array.from(this.graph.getPoint(imageId)) : null;
  }

  remove(imageId: number): void {
    if (!this.present.delete(imageId)) return;
    this.graph.markDelete(imageId);
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
    this.graph.setEf(Math.max(ef, wanted));
    const { neighbors, distances } = this.graph.searchKnn(Array.from(vector), wanted, isWanted);
    return neighbors.map((imageId, position) => ({
      imageId,
      // Rounding can put the distance of equal directions a hair below 0.
      distance: Math.max(0, distances[position] ?? 0),
    }));
  }
}
