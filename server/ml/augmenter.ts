import { seededRandom } from '../domain/random.js';
import type { Augmenter } from '../ports/augmentation.js';
import { augmented } from './augmentation.js';
import { checkPictures } from './picture-batch.js';

/** Alters pictures by the function that the training of encoders calls. */
export function createAugmenter(): Augmenter {
  return {
    altered: (input, pictures, positions, augmentation, seed) => {
      checkPictures(input, pictures);
      return augmented(input, pictures.pixels, positions, augmentation, seededRandom(seed));
    },
  };
}
