import type { EncodedPicture } from '../domain/image.js';
import type { Split } from '../domain/dataset.js';

/** A picture on its way into a dataset. */
export interface SourceImage extends EncodedPicture {
  /** Unique in the source and the same each time it is read. */
  readonly name: string;
  readonly label: string | null;
  readonly split: Split;
}

/** Somewhere that images can be imported from. */
export interface DatasetSource {
  readonly name: string;
  readonly title: string;
  /** @throws LookalikeError SOURCE_FILES_MISSING, IDX_CORRUPT */
  open(): Promise<OpenSource>;
}

export interface OpenSource {
  readonly count: number;
  /**
   * To be gone through once: in batches, always in the same order, while the source is still being read.
   * @throws LookalikeError IDX_CORRUPT
   */
  images(): AsyncIterable<readonly SourceImage[]>;
  /**
   * Settles when all has been read and was whole, also while nobody goes through the images. Before that,
   * they may be of a damaged source: no row may say that they are there.
   * @throws LookalikeError IDX_CORRUPT
   */
  readonly whole: Promise<void>;
  /** Ends what is still being read. */
  close(): void;
}
