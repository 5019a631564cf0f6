import { hyperparameter } from '../domain/architecture.js';
import type { InputSpec } from '../domain/model.js';
import { adamStart } from './adam.js';
import type { Blueprint } from './architectures/blueprint.js';
import type { NetworkBuilder } from './network-builder.js';
import { FixedNetwork } from './network.js';
import { glorotUniform } from './parameters.js';
import { flatVector, readFileOf } from './stored-parameters.js';
import type { VectorName } from './stored-parameters.js';
import { AdamNetwork } from './trainable-network.js';

/** Networks of convolutions that a blueprint tells, trained by Adam. */
export function convolutionalNetworks(
  blueprintOf: (input: InputSpec) => Blueprint,
): NetworkBuilder {
  return {
    create: (tf, recipe) => {
      const blueprint = blueprintOf(recipe.input);
      const seed = hyperparameter(recipe.hyperparameters, 'seed');
      const parameters = tf.tensor1d(glorotUniform(blueprint.parameters, seed));
      return new AdamNetwork(tf, recipe, blueprint, adamStart(tf, parameters), 0);
    },
    resume: (tf, recipe, checkpoint) => {
      const blueprint = blueprintOf(recipe.input);
      const file = readFileOf(recipe, 'CHECKPOINT', checkpoint);
      const read = (name: VectorName) => flatVector(file, blueprint.parameters, name);
      const parameters = read('parameters');
      const firstMoment = read('firstMoment');
      const secondMoment = read('secondMoment');
      const state = {
        step: file.step,
        parameters: tf.tensor1d(parameters),
        firstMoment: tf.tensor1d(firstMoment),
        secondMoment: tf.tensor1d(secondMoment),
      };
      return new AdamNetwork(tf, recipe, blueprint, state, file.epoch);
    },
    load: (tf, recipe, weights) => {
      const blueprint = blueprintOf(recipe.input);
      const file = readFileOf(recipe, 'WEIGHTS', weights);
      const parameters = flatVector(file, blueprint.parameters, 'parameters');
      return new FixedNetwork(tf, recipe, blueprint, tf.tensor1d(parameters));
    },
  };
}
