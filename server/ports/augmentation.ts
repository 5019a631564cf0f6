import type { Augmentation } from '../domain/augmentation.js';
import type { PictureQuery } from '../domain/image.js';
import type { InputSpec } from '../domain/model.js';

/** Alters pictures as training does. */
export interface Augmenter {
  /**
   * The same seed gives the same copies.
   * @param picture [height, width, channels] bytes
   * @returns [copies, height, width, channels]
   */
  altered(
    input: InputSpec,
    picture: Uint8Array,
    copies: number,
    augmentation: Augmentation,
    seed: number,
  ): Uint8Array;
}

/** A picture to alter; its copies depend on its own seed alone. */
export interface AugmentationQuery extends PictureQuery {
  readonly seed: number;
}

export interface AugmentedPicture {
  /** The picture as a network is fed it, PNG. */
  readonly input: Uint8Array;
  /** As it might be shown to the network in training, PNG each. */
  readonly copies: readonly Uint8Array[];
}

/** Shows what training makes of pictures, away from the API's process. */
export interface AugmentationRuntime {
  /**
   * So many altered copies of each picture, in their order.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE, UPLOAD_TOO_LARGE, EMBEDDER_CRASHED, EMBEDDER_TIMEOUT
   */
  augment(
    order: {
      readonly input: InputSpec;
      readonly augmentation: Augmentation;
      readonly copies: number;
    },
    queries: readonly AugmentationQuery[],
  ): Promise<AugmentedPicture[]>;
}
