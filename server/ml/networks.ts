import { hyperparameter } from '../domain/architecture.js';
import type { Networks } from '../ports/networks.js';
import { adamStart } from './adam.js';
import { blueprintOf } from './architectures/registry.js';
import { FixedNetwork } from './network.js';
import { glorotUniform } from './parameters.js';
import { flatVector, readFileOf } from './stored-parameters.js';
import type { VectorName } from './stored-parameters.js';
import { loadTensorFlow } from './tf.js';
import { AdamNetwork } from './trainable-network.js';
import { corrupt } from './weights-file.js';

/**
 * The networks of `server/domain/architectures`, on libtensorflow.
 * @throws LookalikeError LIBTENSORFLOW_MISSING
 */
export async function createNetworks(): Promise<Networks> {
  const tf = await loadTensorFlow();
  return {
    create: (recipe) => {
      const blueprint = blueprintOf(recipe.architecture, recipe.input);
      const seed = hyperparameter(recipe.hyperparameters, 'seed');
      const parameters = tf.tensor1d(glorotUniform(blueprint.parameters, seed));
      return new AdamNetwork(tf, recipe, blueprint, adamStart(tf, parameters), 0);
    },
    resume: (recipe, checkpoint) => {
      const blueprint = blueprintOf(recipe.architecture, recipe.input);
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
    load: (recipe, weights) => {
      const blueprint = blueprintOf(recipe.architecture, recipe.input);
      const file = readFileOf(recipe, 'WEIGHTS', weights);
      const parameters = flatVector(file, blueprint.parameters, 'parameters');
      // Of a checkpoint training says that it has diverged; a model would embed nothing with them.
      if (!parameters.every(Number.isFinite)) throw corrupt('a number in them is not finite');
      return new FixedNetwork(tf, recipe, blueprint, tf.tensor1d(parameters));
    },
  };
}
