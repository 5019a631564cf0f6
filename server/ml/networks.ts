import type { Networks } from '../ports/networks.js';
import { builderOf } from './architectures/registry.js';
import { loadTensorFlow } from './tf.js';

/**
 * The networks of `server/domain/architectures`, on libtensorflow.
 * @throws LookalikeError LIBTENSORFLOW_MISSING
 */
export async function createNetworks(): Promise<Networks> {
  const tf = await loadTensorFlow();
  return {
    create: (recipe) => builderOf(recipe.architecture).create(tf, recipe),
    resume: (recipe, checkpoint) => builderOf(recipe.architecture).resume(tf, recipe, checkpoint),
    load: (recipe, weights) => builderOf(recipe.architecture).load(tf, recipe, weights),
  };
}
