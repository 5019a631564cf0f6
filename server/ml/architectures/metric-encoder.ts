import { hyperparameter } from '../../domain/architecture.js';
import type { NetworkRecipe } from '../../ports/networks.js';
import { checkLabels, labelTargets } from '../targets.js';
import type { TargetsOf } from '../targets.js';
import type { TensorFlow } from '../tf.js';

/**
 * The labels of the pictures.
 * @throws LookalikeError LABELS_NEEDED in training when there are fewer than two
 */
export function labelTargetsOf(_: TensorFlow, { hyperparameters }: NetworkRecipe): TargetsOf {
  const smoothing = hyperparameter(hyperparameters, 'smoothing');
  return (set) => {
    checkLabels(set);
    return Promise.resolve(labelTargets(set, smoothing));
  };
}
