import type { Crop } from '../domain/image.js';

/** An image of the dataset that shows what is sought. */
export interface ImageExample {
  readonly imageId: number;
  /** The part of it that counts; null is all. */
  readonly crop: Crop | null;
}

/** A picture file that does. */
export interface FileExample {
  /** Reads it, as often as it is asked: only what is being looked at is in memory. */
  readonly bytes: () => Promise<Uint8Array>;
  readonly crop: Crop | null;
}

/** An embedding that does. */
export interface VectorExample {
  readonly vector: readonly number[];
}

export type Example = ImageExample | FileExample | VectorExample;

/** More like the positives, less like the negatives. */
export interface SearchQuery {
  readonly positives: readonly Example[];
  readonly negatives: readonly Example[];
}
