import { seededRandom } from '../domain/random.js';
import type { Augmenter } from '../ports/augmentation.js';
import { augmented } from './augmentation.js';
import { checkPictures } from './picture-batch.js';

/** Alters pictures by the function that the training of encoders calls. */
export function createAugmenter(): Augmenter {
  return {
    altered: (input, picture, copies, augmentation, seed) => {
      checkPictures(input, { count: 1, pixels: picture });
      // All copies are of the one picture.
      return augmented(input, picture, new Int32Array(copies), augmentation, seededRandom(seed));
    },
  };
}
