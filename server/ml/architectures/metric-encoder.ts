import { hyperparameter } from '../../domain/architecture.js';
import type { NetworkRecipe } from '../../ports/networks.js';
import { checkLabels, labelTargets } from '../targets.js';
import type { TargetFinder } from '../targets.js';
import type { TensorFlow } from '../tf.js';

/**
 * The labels of the pictures.
 * @throws LookalikeError LABELS_NEEDED in training when there are fewer than two
 */
export function labelTargetsOf(_: TensorFlow, { hyperparameters }: NetworkRecipe): TargetFinder {
  const smoothing = hyperparameter(hyperparameters, 'smoothing');
  return {
    check: checkLabels,
    find: (set) => Promise.resolve(labelTargets(set, smoothing)),
  };
}
