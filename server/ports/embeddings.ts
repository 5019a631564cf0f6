import type { Split } from '../domain/dataset.js';
import type { Embedding, EmbeddingFailure, EmbeddingState } from '../domain/model.js';

/** How many images of a dataset can be found under a model. */
export type EmbeddingCounts = Readonly<Record<EmbeddingState, number>>;

/** The embeddings of images under models. A model's id is known before its row is written. */
export interface Embeddings {
  /**
   * All or none; an image's older embedding under the model is replaced, a failure of it forgotten.
   * Those of images that are gone by now are left out.
   */
  putMany(modelId: number, embeddings: readonly Embedding[]): Promise<void>;
  /** Notes that these images cannot be embedded, so that they are not tried for ever. */
  putFailures(modelId: number, failures: readonly EmbeddingFailure[]): Promise<void>;
  /** Those that there are, in the order of image ids. */
  findMany(modelId: number, imageIds: readonly number[]): Promise<Embedding[]>;
  /** The ids of all embedded images of a split, ascending. */
  ids(modelId: number, split: Split): Promise<number[]>;
  /** In the order of image ids, in batches. */
  stream(modelId: number, split: Split): AsyncIterable<readonly Embedding[]>;
  /** Of every given image: how it stands, with the reason of a failure. */
  states(
    modelId: number,
    imageIds: readonly number[],
  ): Promise<Map<number, { readonly state: EmbeddingState; readonly message: string | null }>>;
  counts(modelId: number, datasetId: number): Promise<EmbeddingCounts>;
  /** The images that the model redraws worst, worst first; those without an error are left out. */
  worstRedrawn(
    modelId: number,
    offset: number,
    limit: number,
  ): Promise<{ readonly imageId: number; readonly reconstructionError: number }[]>;
  deleteAll(modelId: number): Promise<void>;
  /**
   * Forgets those of models whose deletion was cut off. A run that has not left its model yet keeps
   * what it has embedded.
   */
  deleteOrphans(): Promise<void>;
}
