import type { BlobId } from '../domain/image.js';

/** A row that bears a blob. */
export interface Bearer {
  readonly blobId: BlobId;
  readonly kind: 'ORIGINAL' | 'THUMBNAIL' | 'WEIGHTS' | 'CHECKPOINT' | 'REDRAWN' | 'MAP';
  /** The image, model or run that it belongs to, by what `kind` tells. */
  readonly id: number;
  /** What people know it by. */
  readonly words: string;
}

/** Embeddings, and those that cannot be any: of another length, not finite, of another dataset. */
export interface InspectedEmbeddings {
  readonly sound: readonly { readonly imageId: number; readonly vector: Float32Array }[];
  readonly invalid: readonly InvalidEmbedding[];
}

/** An embedding that cannot be one. */
export interface InvalidEmbedding {
  readonly imageId: number;
  readonly reason: string;
}

/** The tables seen as a whole, for those who look for damage. */
export interface Inventory {
  /** What is wrong with the file of the tables, in words. */
  faults(): Promise<string[]>;
  /** Writes all its indexes anew, which mends those that do not match their rows. */
  rebuildIndexes(): Promise<void>;
  /** References to rows that are gone, in words. */
  brokenReferences(): Promise<string[]>;
  /** Runs and models that contradict themselves, in words. */
  contradictions(): Promise<string[]>;
  /** Datasets whose active model is gone, or another dataset's. */
  lostActiveModels(): Promise<{ readonly datasetId: number; readonly words: string }[]>;
  /** Gives a dataset the last of its earlier models that is there as its active one, or none. */
  restoreActiveModel(datasetId: number): Promise<void>;
  /** Datasets that are READY and have another number of images than they tell. */
  wrongCounts(): Promise<{ readonly datasetId: number; readonly words: string }[]>;
  imageCount(): Promise<number>;
  /** The blobs that rows bear, in batches; some come more than once. */
  blobIds(): AsyncIterable<readonly BlobId[]>;
  /** The rows that bear these blobs. */
  bearers(blobIds: readonly BlobId[]): Promise<Bearer[]>;
  /** Lets an image have another thumbnail, as long as it has the old one. */
  replaceThumbnail(imageId: number, old: BlobId, thumbnail: BlobId | null): Promise<void>;
  /** Forgets a redrawn picture, or the drawing of a map, whose blob is lost. */
  forget(kind: 'REDRAWN' | 'MAP', blobId: BlobId): Promise<void>;
  /** All embeddings of a model, in the order of image ids and in batches. */
  embeddings(modelId: number, length: number): AsyncIterable<InspectedEmbeddings>;
  forgetEmbeddings(modelId: number, imageIds: readonly number[]): Promise<void>;
  /** How many embeddings there are of models that are gone and of no run that is to make one. */
  orphanedEmbeddings(): Promise<number>;
}
