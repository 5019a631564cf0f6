import { hyperparameter } from '../domain/architecture.js';
import type { InputSpec } from '../domain/model.js';
import type { NetworkRecipe } from '../ports/networks.js';
import { emptyDecoder, storedDecoder } from './embedding-network.js';
import type { Features } from './features.js';
import { FittedNetwork, ProjectedNetwork } from './fitted-network.js';
import type { NetworkBuilder } from './network-builder.js';
import { emptyProjection, ProjectionEmbedder, storedProjection } from './projection-embedder.js';
import { readFileOf } from './stored-parameters.js';

/** Networks that project fixed features of a picture onto their principal components. */
export function projectedNetworks(featuresOf: (input: InputSpec) => Features): NetworkBuilder {
  const whiteningOf = ({ hyperparameters }: NetworkRecipe) =>
    hyperparameter(hyperparameters, 'whitening');
  return {
    create: (tf, recipe) => {
      const features = featuresOf(recipe.input);
      const dimension = componentsOf(recipe, features);
      const empty = emptyProjection(features.length, dimension);
      const embedder = new ProjectionEmbedder(tf, features, dimension, empty);
      const decoder = emptyDecoder(dimension, recipe.input);
      return new FittedNetwork(tf, recipe, embedder, decoder, whiteningOf(recipe), 0);
    },
    resume: (tf, recipe, checkpoint) => {
      const features = featuresOf(recipe.input);
      const file = readFileOf(recipe, 'CHECKPOINT', checkpoint);
      const dimension = componentsOf(recipe, features);
      const projection = storedProjection(file, features, dimension);
      const decoder = storedDecoder(file, dimension, recipe.input);
      const embedder = new ProjectionEmbedder(tf, features, dimension, projection);
      return new FittedNetwork(tf, recipe, embedder, decoder, whiteningOf(recipe), file.epoch);
    },
    load: (tf, recipe, weights) => {
      const features = featuresOf(recipe.input);
      const file = readFileOf(recipe, 'WEIGHTS', weights);
      const dimension = componentsOf(recipe, features);
      const projection = storedProjection(file, features, dimension);
      const decoder = storedDecoder(file, dimension, recipe.input);
      const embedder = new ProjectionEmbedder(tf, features, dimension, projection);
      return new ProjectedNetwork(tf, recipe, embedder, decoder);
    },
  };
}

/** There are no more directions than numbers. */
function componentsOf({ hyperparameters }: NetworkRecipe, { length }: Features): number {
  return Math.min(hyperparameter(hyperparameters, 'components'), length);
}
