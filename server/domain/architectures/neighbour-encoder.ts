import type { Architecture } from '../architecture.js';
import {
  clusterHyperparameter,
  encoderHyperparameters,
  indexHyperparameters,
  whiteningHyperparameter,
} from './shared-hyperparameters.js';

/** The self-supervised one. */
export const neighbourEncoder: Architecture = {
  name: 'neighbour-encoder',
  title: 'Neighbourhoods without labels',
  description:
    'Half of an embedding are principal components of gradient histograms. The other half a small ' +
    'residual network makes, which learns to tell, of a picture that was moved, mirrored and partly erased, ' +
    'which cluster of pictures with like gradients it is from. It needs no labels.',
  reference:
    'Caron, Bojanowski, Joulin, Douze: Deep Clustering for Unsupervised Learning of Visual Features, ' +
    'ECCV 2018; Dalal, Triggs: Histograms of Oriented Gradients for Human Detection, CVPR 2005',
  loss: 'Mean cross-entropy of the clusters, in nats.',
  hyperparameters: [
    ...encoderHyperparameters({ epochs: 8, smoothing: null, erased: 0.25, validationShare: 0 }),
    clusterHyperparameter,
    whiteningHyperparameter(0.3),
    ...indexHyperparameters,
  ],
};
