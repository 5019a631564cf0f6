import type {
  BlobId,
  Image,
  ImageFilter,
  ImageWindow,
  MetadataEntry,
  NewImage,
} from '../domain/image.js';
import type { Split } from '../domain/dataset.js';

/** What a user says of an image, apart from the picture itself. */
export interface ImageDescription {
  readonly label: string | null;
  readonly split: Split;
  readonly metadata: readonly MetadataEntry[];
}

/**
 * The table of images. Everywhere images come in the order of their ids. With each change the images of their
 * datasets are counted anew, `importedCount`, but where these are being imported or deleted.
 */
export interface Images {
  /** Adds the images, all or none, and leaves those whose name the dataset has already as they are. */
  insertMany(images: readonly NewImage[]): Promise<void>;
  /**
   * As `insertMany`, by whoever imports their dataset, which is counted anew as well. The next ones can be
   * given before these are there: they come behind them, or not at all. None bears metadata.
   */
  importMany(images: readonly NewImage[]): Promise<void>;
  /** Says something else of an image; false if it is gone. */
  describe(id: number, description: ImageDescription): Promise<boolean>;
  /**
   * Gives images other labels, all or none; those that are gone are left out.
   * @returns those that changed, with the label that each bore before
   */
  relabel(labels: ReadonlyMap<number, string | null>): Promise<Map<number, string | null>>;
  /** Forgets the images with all that hangs on them, all or none. @returns blobs nobody bears now */
  deleteMany(ids: readonly number[]): Promise<BlobId[]>;
  byId(id: number): Promise<Image | null>;
  /** The image of each id, where that takes no waiting; null where it has to be looked up. */
  known(ids: readonly number[]): (Image | null)[];
  /** The images with these ids, in the order of the ids; unknown ids are left out. */
  byIds(ids: readonly number[]): Promise<Image[]>;
  /** Those of a dataset with these names, in no particular order. */
  byNames(datasetId: number, names: readonly string[]): Promise<Image[]>;
  page(datasetId: number, filter: ImageFilter, window: ImageWindow): Promise<Image[]>;
  count(datasetId: number, filter: ImageFilter): Promise<number>;
  ids(datasetId: number, filter: ImageFilter): Promise<number[]>;
  /** The ids of all images of a dataset by the label they bear, null those without one. */
  idsByLabel(datasetId: number): Promise<Map<string | null, number[]>>;
  names(datasetId: number): Promise<Set<string>>;
  /** The metadata of these images, ordered by key; images without any are left out. */
  metadata(ids: readonly number[]): Promise<Map<number, MetadataEntry[]>>;
  /** The keys that images of a dataset bear, ordered. */
  metadataKeys(datasetId: number): Promise<string[]>;
  /** Groups of two or more images with the same bytes, largest group first. */
  exactDuplicates(datasetId: number): Promise<number[][]>;
  /** Ids after the given one that the model has neither an embedding nor a failure of. */
  idsToEmbed(datasetId: number, modelId: number, afterId: number, limit: number): Promise<number[]>;
}
