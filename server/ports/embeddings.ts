import type { Split } from '../domain/dataset.js';
import type { Embedding } from '../domain/model.js';

/** The embeddings of images under models. A model's id is known before its row is written. */
export interface Embeddings {
  /** All or none; an image's older embedding under the model is replaced. */
  putMany(modelId: number, embeddings: readonly Embedding[]): Promise<void>;
  find(modelId: number, imageId: number): Promise<Float32Array | null>;
  /** In the order of image ids, in batches. */
  stream(modelId: number, split: Split): AsyncIterable<readonly Embedding[]>;
  deleteAll(modelId: number): Promise<void>;
}
