import {
  completeHyperparameters,
  type Architecture,
  type Hyperparameters,
} from '../../../server/domain/architecture.js';
import type { InputSpec } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import type { Network, NetworkRecipe, TrainingSet } from '../../../server/ports/networks.js';
import { inputOf, unwatched } from './pictures.js';

export const SMALL = inputOf(12, 14, 1);

export function recipe(
  architecture: Architecture,
  dials: Hyperparameters = {},
  input: InputSpec = SMALL,
): NetworkRecipe {
  const small = { batchSize: 16, dimension: 16, epochs: 4, shift: 0.1, erased: 0.2 };
  const hyperparameters = completeHyperparameters(architecture, { ...small, ...dials });
  return { architecture: architecture.name, hyperparameters, input };
}

/** Stripes that lie or stand, wherever they begin; every `unlabelledEvery`-th has no label. */
export function stripes(
  count: number,
  { width, height, channels }: InputSpec,
  seed = 1,
  unlabelledEvery = Number.POSITIVE_INFINITY,
): TrainingSet {
  const random = seededRandom(seed);
  const pixels = new Uint8Array(count * width * height * channels);
  const labels = Array.from({ length: count }, (_, picture) => {
    const lies = picture % 2 === 0;
    const start = Math.floor(random() * 4);
    for (let place = 0; place < width * height; place += 1) {
      const along = lies ? Math.floor(place / width) : place % width;
      for (let channel = 0; channel < channels; channel += 1) {
        const bright = (along + start) % 4 < 2 ? 120 + 100 * random() : 30 * random();
        pixels[(picture * width * height + place) * channels + channel] = bright;
      }
    }
    const isKept = (picture + 1) % unlabelledEvery !== 0;
    return isKept ? (lies ? 'lying' : 'standing') : null;
  });
  return { count, pixels, labels };
}

export async function shareOfNeighbours(network: Network, set: TrainingSet): Promise<number> {
  const search = await createExactSearch();
  const embeddings = await network.encode(set);
  const nearest = await search.nearest(
    ...([embeddings, embeddings, network.latentSize, 6, unwatched] as const),
  );
  const own = nearest.filter((other, at) => other !== Math.floor(at / 6));
  const shared = [...nearest.entries()].filter(([at, other]) => {
    const query = Math.floor(at / 6);
    return other !== query && query % 2 === other % 2;
  });
  return shared.length / own.length;
}
