import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { NamedTensor } from './weights-file.js';

/** A function of a picture's pixels: a fixed one, or one that was learned once. */
export interface Features {
  /** Numbers a picture. */
  readonly length: number;
  /** As one reads about it. */
  readonly layers: readonly Layer[];
  /** What of it was learned, by the names that it has in a file. */
  readonly stored: readonly NamedTensor[];
  /** @returns [count, length] row by row */
  extract(pictures: PictureBatch): Float32Array;
}
