import { firstUnpassed } from './bisection.js';
import type { Hit } from './neighbour.js';
import { unitVector } from './query-vector.js';

/** The k nearest of the hits that are offered one by one; equal distances go by image id. */
export class NearestHits {
  /** Nearest first. */
  private readonly kept: Hit[] = [];

  constructor(private readonly k: number) {}

  offer(imageId: number, distance: number): void {
    const last = this.kept.at(-1);
    const isFull = this.kept.length >= this.k;
    if (isFull && (!last || !isBefore(imageId, distance, last))) return;
    const place = firstUnpassed(this.kept.length, (at) => {
      const other = this.kept[at];
      return !(other && isBefore(imageId, distance, other));
    });
    this.kept.splice(place, 0, { imageId, distance });
    if (isFull) this.kept.pop();
  }

  hits(): Hit[] {
    return [...this.kept];
  }
}

/** Cosine distance of two vectors of length 1; 1 where one of them is all zeros. */
export function distanceBetween(one: Float32Array, other: Float32Array): number {
  return distanceAt(one, other, 0);
}

/** Vectors side by side, each at length 1, that every search compares with one after another. */
export class ScannedVectors {
  private rows: Float32Array;
  private readonly imageIds: number[] = [];
  private readonly places = new Map<number, number>();

  constructor(private readonly dimension: number) {
    this.rows = new Float32Array(dimension * 16);
  }

  get size(): number {
    return this.imageIds.length;
  }

  has(imageId: number): boolean {
    return this.places.has(imageId);
  }

  ids(): number[] {
    return [...this.imageIds];
  }

  vectorOf(imageId: number): Float32Array | null {
    const place = this.places.get(imageId);
    if (place === undefined) return null;
    return this.rows.slice(place * this.dimension, (place + 1) * this.dimension);
  }

  /** Adds the vector of an image, or puts it in the place of its older one. */
  put(imageId: number, vector: Float32Array): void {
    let place = this.places.get(imageId);
    if (place === undefined) {
      place = this.imageIds.length;
      this.imageIds.push(imageId);
      this.places.set(imageId, place);
      this.makeRoom();
    }
    this.rows.set(unitVector(vector), place * this.dimension);
  }

  /** Does nothing where the image is not there. The last vector takes its place. */
  remove(imageId: number): void {
    const place = this.places.get(imageId);
    if (place === undefined) return;
    const last = this.imageIds.length - 1;
    const lastId = this.imageIds[last] ?? imageId;
    const { dimension } = this;
    this.rows.copyWithin(place * dimension, last * dimension, (last + 1) * dimension);
    this.imageIds[place] = lastId;
    this.places.set(lastId, place);
    this.imageIds.pop();
    this.places.delete(imageId);
  }

  /** The k nearest by cosine, nearest first. @param query at length 1 */
  search(query: Float32Array, k: number, isWanted?: (imageId: number) => boolean): Hit[] {
    const nearest = new NearestHits(k);
    this.imageIds.forEach((imageId, place) => {
      if (isWanted && !isWanted(imageId)) return;
      nearest.offer(imageId, distanceAt(query, this.rows, place * this.dimension));
    });
    return nearest.hits();
  }

  private makeRoom(): void {
    const needed = this.imageIds.length * this.dimension;
    if (needed <= this.rows.length) return;
    const rows = new Float32Array(this.rows.length * 2);
    rows.set(this.rows);
    this.rows = rows;
  }
}

function isBefore(imageId: number, distance: number, other: Hit): boolean {
  return distance < other.distance || (distance === other.distance && imageId < other.imageId);
}

function distanceAt(query: Float32Array, rows: Float32Array, start: number): number {
  let dot = 0;
  for (let axis = 0; axis < query.length; axis += 1) {
    dot += (query[axis] ?? 0) * (rows[start + axis] ?? 0);
  }
  // Rounding can put the cosine of equal directions a hair above 1.
  return Math.max(0, 1 - dot);
}
