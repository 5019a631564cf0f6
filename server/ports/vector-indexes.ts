import type { Embedding } from '../domain/model.js';
import type { Hit } from '../domain/neighbour.js';

export interface IndexSpec {
  /** Numbers per vector. */
  readonly dimension: number;
  readonly m: number;
  readonly efConstruction: number;
}

/** What is known of an index once it is published. */
export interface BuiltIndex {
  readonly id: string;
  readonly size: number;
  readonly byteLength: number;
}

/** An index that is loaded and can answer. */
export interface VectorIndex {
  readonly size: number;
  /** Up to k hits by cosine distance, nearest first; looks at `ef` candidates (at least k). */
  search(vector: Float32Array, k: number, ef: number): Hit[];
}

/** Approximate nearest-neighbour indexes by cosine distance; each is immutable once built. */
export interface VectorIndexes {
  /** Builds aside and publishes whole. `capacity` is how many vectors will come. */
  build(
    spec: IndexSpec,
    vectors: AsyncIterable<readonly Embedding[]>,
    capacity: number,
    onProgress: (done: number) => Promise<void>,
  ): Promise<BuiltIndex>;
  /** @throws LookalikeError INDEX_CORRUPT when it is missing or fails its checksum */
  open(id: string): Promise<VectorIndex>;
  delete(id: string): Promise<void>;
  /** The ids of all that lies there, unfinished builds too. */
  list(): Promise<string[]>;
}
