import type { Network, NetworkRecipe, TrainableNetwork } from '../ports/networks.js';
import type { TensorFlow } from './tf.js';

/** How the networks of one architecture come to be; see `Networks`. */
export interface NetworkBuilder {
  create(tf: TensorFlow, recipe: NetworkRecipe): TrainableNetwork;
  /** @throws LookalikeError CHECKPOINT_CORRUPT */
  resume(tf: TensorFlow, recipe: NetworkRecipe, checkpoint: Uint8Array): TrainableNetwork;
  /** @throws LookalikeError CHECKPOINT_CORRUPT */
  load(tf: TensorFlow, recipe: NetworkRecipe, weights: Uint8Array): Network;
}
