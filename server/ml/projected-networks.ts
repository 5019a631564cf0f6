import { hyperparameter } from '../domain/architecture.js';
import type { InputSpec } from '../domain/model.js';
import type { NetworkRecipe } from '../ports/networks.js';
import type { Features } from './features.js';
import type { NetworkBuilder } from './network-builder.js';
import { FittedNetwork } from './fitted-network.js';
import { pictureSize } from './picture-batch.js';
import { ProjectedNetwork, type Projection } from './projected-network.js';
import { readFileOf, storedTensor } from './stored-parameters.js';
import type { WeightsKind } from './weights-file.js';

/** Networks that project fixed features of a picture onto their principal components. */
export function projectedNetworks(featuresOf: (input: InputSpec) => Features): NetworkBuilder {
  return {
    create: (tf, recipe) => {
      const features = featuresOf(recipe.input);
      const latentSize = componentsOf(recipe, features);
      const untrained = {
        mean: new Float32Array(features.length),
        components: new Float32Array(features.length * latentSize),
        decoder: new Float32Array((latentSize + 1) * pictureSize(recipe.input)),
      };
      return new FittedNetwork(tf, recipe, features, latentSize, untrained, 0);
    },
    resume: (tf, recipe, checkpoint) => {
      const features = featuresOf(recipe.input);
      const { epoch, latentSize, projection } = readProjection(
        recipe,
        features,
        'CHECKPOINT',
        checkpoint,
      );
      return new FittedNetwork(tf, recipe, features, latentSize, projection, epoch);
    },
    load: (tf, recipe, weights) => {
      const features = featuresOf(recipe.input);
      const { latentSize, projection } = readProjection(recipe, features, 'WEIGHTS', weights);
      return new ProjectedNetwork(tf, recipe, features, latentSize, projection);
    },
  };
}

/** There are no more directions than numbers. */
function componentsOf({ hyperparameters }: NetworkRecipe, { length }: Features): number {
  return Math.min(hyperparameter(hyperparameters, 'components'), length);
}

function readProjection(
  recipe: NetworkRecipe,
  features: Features,
  kind: WeightsKind,
  bytes: Uint8Array,
): { readonly epoch: number; readonly latentSize: number; readonly projection: Projection } {
  const file = readFileOf(recipe, kind, bytes);
  const latentSize = componentsOf(recipe, features);
  const { length } = features;
  const projection = {
    mean: storedTensor(file, 'mean', [length]),
    components: storedTensor(file, 'components', [length, latentSize]),
    decoder: storedTensor(file, 'decoder', [latentSize + 1, pictureSize(recipe.input)]),
  };
  return { epoch: file.epoch, latentSize, projection };
}
