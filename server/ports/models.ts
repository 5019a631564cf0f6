import type { BlobId } from '../domain/image.js';
import type { Model, ModelIndex, NewModel } from '../domain/model.js';
import type { Epoch } from '../domain/training-run.js';

/** A model that was trained elsewhere, with the history of the run that left it. */
export interface ImportedModel extends Omit<NewModel, 'id'> {
  readonly epochs: readonly Omit<Epoch, 'runId'>[];
}

/** The table of models. They come into being by TrainingQueue.succeed, or by `import`. */
export interface Models {
  byId(id: number): Promise<Model | null>;
  /** As `byId`, where that takes no waiting; null where it has to be looked up. */
  known(id: number): Model | null;
  /** Newest first. */
  list(datasetId: number | null): Promise<Model[]>;
  /** Adds a succeeded run with its epochs, and its model, and activates it, all at once. */
  import(model: ImportedModel): Promise<Model>;
  /**
   * Puts an index in the place of another, or (null) where the split has none; refused (false) where
   * that is not so any more, or the model is gone.
   */
  putIndex(modelId: number, replacedId: string | null, index: ModelIndex): Promise<boolean>;
  /**
   * Forgets the model, then its embeddings; refused (null) while it is active.
   * @returns blobs nobody bears now
   */
  delete(id: number): Promise<BlobId[] | null>;
}
