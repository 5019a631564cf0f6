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
  open(): Promise<{
    readonly count: number;
    /** In batches, always in the same order. */
    images(): AsyncIterable<readonly SourceImage[]>;
  }>;
}
