import { createRequire } from 'node:module';

/**
 * An HNSW graph of the addon in `native`, which the set-up compiles. Not for two at once: nothing may
 * be asked of it until what `load`, `link` or `save` promised is done.
 */
export interface NativeGraph {
  /** @param threads that link at once; the graph is the same with any number */
  create(
    capacity: number,
    m: number,
    efConstruction: number,
    levelSeed: number,
    threads: number,
  ): void;
  /** Rejects where the file is no graph of such vectors, or is cut short. */
  load(path: string): Promise<void>;
  /** What was linked; nothing of it is in memory then. */
  save(path: string): Promise<void>;
  /**
   * Keeps a vector, to be linked.
   * @param vector at length 1, or all zeros
   * @throws Error where there are more than were announced
   */
  add(id: number, vector: Float32Array): void;
  /** Links all that were added, away from the event loop. */
  link(): Promise<void>;
  /** Of all that were added, removed ones too, in no particular order. */
  ids(): Uint32Array;
  /** False for what is removed, as where it never was. */
  has(id: number): boolean;
  /** Writes the vector of an image; false, and nothing is written, where `has` is. */
  readVector(id: number, into: Float32Array): boolean;
  /** @throws Error where `has` is false */
  remove(id: number): void;
  /**
   * Writes up to k ids and distances, nearest first. @returns how many
   * @param vector at length 1, or all zeros
   */
  search(
    vector: Float32Array,
    k: number,
    ef: number,
    ids: Uint32Array,
    distances: Float32Array,
    isWanted?: (id: number) => boolean,
  ): number;
  /**
   * Searches `count` times on another thread, without a filter. Until that is done the arrays must be
   * left alone; the graph may be searched and removed from.
   * @param vectors row by row, each at length 1, or all zeros
   * @param asked k and ef of each
   * @param ids room for as many hits as are asked for, the same for each; so `distances`
   * @param found how many hits of each were written, nearest first
   */
  searchMany(
    count: number,
    vectors: Float32Array,
    asked: Uint32Array,
    ids: Uint32Array,
    distances: Float32Array,
    found: Uint32Array,
  ): Promise<void>;
}

interface Addon {
  readonly Graph: new (dimension: number) => NativeGraph;
  distances(left: Float32Array, right: Float32Array): Record<string, number>;
  codeProducts(code: Int8Array, query: Int16Array): Record<string, number>;
}

const require = createRequire(import.meta.url);

function addon(): Addon {
  return require('hnswlib-node/graph/build/Release/graph.node') as Addon;
}

/** A graph that is to be created or loaded, for vectors of so many numbers. */
export function nativeGraph(dimension: number): NativeGraph {
  const { Graph } = addon();
  return new Graph(dimension);
}

/** 1 less the inner product of two vectors, by every kernel that this processor can run. */
export function kernelDistances(left: Float32Array, right: Float32Array): Record<string, number> {
  return addon().distances(left, right);
}

/** The product of a code and a query, a multiple of 32 numbers each, by every kernel as above. */
export function codeProducts(code: Int8Array, query: Int16Array): Record<string, number> {
  return addon().codeProducts(code, query);
}
