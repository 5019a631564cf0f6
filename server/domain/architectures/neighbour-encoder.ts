import type { Architecture } from '../architecture.js';
import {
  clusterHyperparameter,
  encoderHyperparameters,
  indexHyperparameters,
  patchHyperparameter,
  whiteningHyperparameter,
} from './shared-hyperparameters.js';

/** The self-supervised one. */
export const neighbourEncoder: Architecture = {
  name: 'neighbour-encoder',
  title: 'Neighbourhoods without labels',
  description:
    'A part of an embedding are principal components of gradient histograms and of how much there is of each ' +
    'kind of patch. The other part a small residual network makes, which learns to tell, of a picture that ' +
    'was moved, mirrored and partly erased, which cluster of like pictures it is from. It needs no labels.',
  reference:
    'Caron, Bojanowski, Joulin, Douze: Deep Clustering for Unsupervised Learning of Visual Features, ' +
    'ECCV 2018; Dalal, Triggs: Histograms of Oriented Gradients for Human Detection, CVPR 2005; Coates, Lee, ' +
    'Ng: An Analysis of Single-Layer Networks in Unsupervised Feature Learning, AISTATS 2011',
  loss: 'Mean cross-entropy of the clusters, in nats.',
  hyperparameters: [
    ...encoderHyperparameters({ epochs: 8, smoothing: null, erased: 0.25, validationShare: 0 }),
    clusterHyperparameter,
    patchHyperparameter,
    whiteningHyperparameter(0.3),
    ...indexHyperparameters,
  ],
};
