import type { EncodedPicture } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import type { Split } from '../domain/dataset.js';

export interface RedrawnPicture {
  readonly png: Uint8Array;
  /** Mean squared error over pixels scaled to 0..1. */
  readonly meanSquaredError: number;
}

/** Runs models for the API, away from the API's process. */
export interface ModelRuntime {
  /**
   * Finds out what an upload is, decodes and embeds it; calls that wait together run as one batch.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE, UPLOAD_TOO_LARGE, CHECKPOINT_CORRUPT,
   * LIBTENSORFLOW_MISSING, EMBEDDER_CRASHED, EMBEDDER_TIMEOUT
   */
  embedUpload(model: Model, bytes: Uint8Array): Promise<Float32Array>;
  /** @throws LookalikeError as `embedUpload` */
  reconstruct(model: Model, pictures: readonly EncodedPicture[]): Promise<RedrawnPicture[]>;
  /** Builds a damaged index again from the embeddings. @throws LookalikeError as `embedUpload` */
  rebuildIndex(model: Model, split: Split): Promise<void>;
}

/** Keeps a training process going while runs wait. */
export interface TrainerPool {
  /** Says that a run may be waiting. */
  wake(): void;
}
