import type { ErrorCode } from '../domain/errors.js';
import type { PictureFacts, PictureQuery } from '../domain/image.js';
import type { Embedding, EmbeddingFailure, Model } from '../domain/model.js';
import type { Split } from '../domain/dataset.js';

export interface RedrawnPicture {
  /** The picture as the model is fed it, PNG. */
  readonly input: Uint8Array;
  /** The picture as the model redraws it, PNG. */
  readonly png: Uint8Array;
  /** Mean squared error over pixels scaled to 0..1. */
  readonly meanSquaredError: number;
}

/** What of a model it takes to run it. */
export type RunnableModel = Pick<
  Model,
  'id' | 'architecture' | 'hyperparameters' | 'input' | 'latentSize' | 'weightsBlobId'
>;

/** Runs models for queries, away from the API's process. */
export interface ModelRuntime {
  /**
   * Decodes and embeds a picture; calls that wait together run as one batch.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE, UPLOAD_TOO_LARGE, CROP_INVALID, CHECKPOINT_CORRUPT,
   * LIBTENSORFLOW_MISSING, EMBEDDER_CRASHED, EMBEDDER_TIMEOUT
   */
  embed(model: RunnableModel, query: PictureQuery): Promise<Float32Array>;
  /** @throws LookalikeError as `embed` */
  reconstruct(model: RunnableModel, queries: readonly PictureQuery[]): Promise<RedrawnPicture[]>;
}

/** What came of looking into a file that somebody wants to add. */
export type ExaminedFile =
  | {
      readonly facts: PictureFacts;
      readonly thumbnail: Uint8Array | null;
      /** Under the model that was given, if one was. */
      readonly embedding: Omit<Embedding, 'imageId'> | null;
    }
  | { readonly refusal: { readonly code: ErrorCode; readonly message: string } };

/** Bulk work with pictures and models, in a process of its own, so that no query waits behind it. */
export interface BulkRuntime {
  /**
   * Looks into files, decodes them whole, and embeds them under the model. One answer a file, in
   * order. A file that takes the process down is refused, and the others are not.
   * @throws LookalikeError CHECKPOINT_CORRUPT, LIBTENSORFLOW_MISSING, EMBEDDER_TIMEOUT,
   * EMBEDDER_CRASHED when the process cannot even start
   */
  examine(model: RunnableModel | null, files: readonly Uint8Array[]): Promise<ExaminedFile[]>;
  /** Embeds images from the store; writes nothing. @throws LookalikeError as `examine` */
  embedImages(
    model: RunnableModel,
    imageIds: readonly number[],
  ): Promise<{
    readonly embeddings: readonly Embedding[];
    readonly failures: readonly EmbeddingFailure[];
  }>;
  /**
   * Builds the index of a split anew from the embeddings, publishes it, and lets go of the one it
   * replaces. @throws LookalikeError as `examine`
   */
  rebuildIndex(model: Pick<Model, 'id'>, split: Split): Promise<void>;
}

/** Keeps a training process going while runs wait. */
export interface TrainerPool {
  /** Says that a run may be waiting. */
  wake(): void;
}
