import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';

/** A fixed function of a picture's pixels: nothing of it is learned. */
export interface Features {
  /** Numbers a picture. */
  readonly length: number;
  /** As one reads about it. */
  readonly layers: readonly Layer[];
  /** @returns [count, length] row by row */
  extract(pictures: PictureBatch): Float32Array;
}
