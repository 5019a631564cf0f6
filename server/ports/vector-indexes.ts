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

/** An index that is loaded and can answer. What is removed stays removed in memory only. */
export interface VectorIndex {
  /** Vectors that can be found: all that were built in, less the removed ones. */
  readonly size: number;
  readonly removedCount: number;
  has(imageId: number): boolean;
  /** The ids of all that can be found, in no particular order. */
  ids(): number[];
  /** The vector of an image, scaled to length 1; null where it is not there or removed. */
  vectorOf(imageId: number): Float32Array | null;
  /** Lets no search find the image any more. Does nothing where it is not there. */
  remove(imageId: number): void;
  /**
   * Up to k hits by cosine distance, nearest first; looks at `ef` candidates (at least k). With
   * `isWanted`, only images it accepts; there may then be fewer than k although more match.
   */
  search(
    vector: Float32Array,
    k: number,
    ef: number,
    isWanted?: (imageId: number) => boolean,
  ): Hit[];
  /**
   * The same hits as `search`, without holding up the event loop where there are several to search
   * for or one takes long; there may be fewer than k where images are removed meanwhile.
   */
  searchAsync(vector: Float32Array, k: number, ef: number): Promise<Hit[]>;
  /**
   * What `search` finds for the vector of an image of the index: the k nearest others, nearest first.
   * Null where an index does not know that without searching; it may be getting to know it.
   */
  neighboursOf(imageId: number, k: number, ef: number): Hit[] | null;
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
  /**
   * Stores with an index what its images' `neighboursOf` answers for `ef`, so that none who opens it has
   * to get to know that; does nothing where it is too small or too large for lists.
   * @throws LookalikeError INDEX_CORRUPT
   */
  listNeighbours(
    index: Pick<BuiltIndex, 'id' | 'size'>,
    ef: number,
    onProgress: (done: number) => Promise<void>,
  ): Promise<void>;
  delete(id: string): Promise<void>;
  /** The ids of all that lies there, unfinished builds too. */
  list(): Promise<string[]>;
}
