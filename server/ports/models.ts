import type { Model, ModelIndex } from '../domain/model.js';

/** The table of models. They come into being by TrainingQueue.succeed. */
export interface Models {
  byId(id: number): Promise<Model | null>;
  /** Newest first. */
  list(datasetId: number | null): Promise<Model[]>;
  /** Puts a rebuilt index in the place of another; refused (false) where that is not there. */
  replaceIndex(modelId: number, replacedId: string, index: ModelIndex): Promise<boolean>;
  /** Forgets the model and its embeddings; refused (false) while it is active. */
  delete(id: number): Promise<boolean>;
}
