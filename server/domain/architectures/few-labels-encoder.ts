import type { Architecture } from '../architecture.js';
import {
  clusterHyperparameter,
  encoderHyperparameters,
  indexHyperparameters,
  patchHyperparameter,
  whiteningHyperparameter,
} from './shared-hyperparameters.js';

/** The semi-supervised one. */
export const fewLabelsEncoder: Architecture = {
  name: 'few-labels-encoder',
  title: 'A few labels, spread',
  description:
    'As the architecture without labels; but the labels of a few pictures, ten of each kind say, are ' +
    'spread over those that lie near, and the network learns these too, the surer the more. All other ' +
    'images may be without a label.',
  reference:
    'Iscen, Tolias, Avrithis, Chum: Label Propagation for Deep Semi-supervised Learning, CVPR 2019; ' +
    'Zhou et al.: Learning with Local and Global Consistency, NIPS 2003',
  loss: 'Mean cross-entropy of the clusters and labels, in nats.',
  hyperparameters: [
    ...encoderHyperparameters({ epochs: 8, smoothing: null, erased: 0.25, validationShare: 0 }),
    clusterHyperparameter,
    patchHyperparameter,
    whiteningHyperparameter(0.3),
    ...indexHyperparameters,
  ],
};
