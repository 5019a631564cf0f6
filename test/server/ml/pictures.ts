import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import type { Hyperparameters } from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import type { InputSpec } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import type { NetworkRecipe, PictureBatch, TrainingSet } from '../../../server/ports/networks.js';

/** An input of this size, prepared as usual. */
export function inputOf(height: number, width: number, channels: number): InputSpec {
  return { width, height, channels, fit: 'CONTAIN', background: '#000000', scaling: 'UNIT' };
}

export const FASHION_INPUT = inputOf(28, 28, 1);

/** A recipe of the tutorial's network, with these dials turned. */
export function recipeOf(
  hyperparameters: Hyperparameters = {},
  input: InputSpec = FASHION_INPUT,
): NetworkRecipe {
  return {
    architecture: 'conv-autoencoder',
    hyperparameters: completeHyperparameters(convAutoencoder, hyperparameters),
    input,
  };
}

/** Bright rectangles on black: pictures with structure and with large equal areas, as real ones. */
export function drawnPictures(count: number, input: InputSpec, seed = 1): TrainingSet {
  const { width, height, channels } = input;
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pixels = new Uint8Array(count * height * width * channels);
  for (let picture = 0; picture < count; picture += 1) {
    const [left, top] = [below(width / 2), below(height / 2)];
    const [right, bottom] = [left + below(width / 2) + 4, top + below(height / 2) + 4];
    for (let row = top; row < Math.min(bottom, height); row += 1) {
      for (let column = left; column < Math.min(right, width); column += 1) {
        const start = ((picture * height + row) * width + column) * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          pixels[start + channel] = column % 3 === 0 ? 255 : 60 + below(120);
        }
      }
    }
  }
  return unlabelled({ count, pixels });
}

const FASHION_MNIST = join(
  process.env['LOOKALIKE_FASHION_MNIST_DIR'] ?? '.cache/fashion-mnist',
  'train-images-idx3-ubyte.gz',
);
const IDX_HEADER_BYTES = 16;

/** The first training images of Fashion-MNIST, without their labels. */
export function fashionPictures(count: number): TrainingSet {
  const bytes = gunzipSync(readFileSync(FASHION_MNIST));
  const end = IDX_HEADER_BYTES + count * FASHION_INPUT.width * FASHION_INPUT.height;
  const pixels = Uint8Array.from(bytes.subarray(IDX_HEADER_BYTES, end));
  return unlabelled({ count, pixels });
}

/** Pictures to learn from that nobody has labelled. */
export function unlabelled(pictures: PictureBatch): TrainingSet {
  return { ...pictures, labels: Array.from({ length: pictures.count }, () => null) };
}

/** An `onProgress` for tests that do not watch. */
export async function unwatched(): Promise<void> {}
