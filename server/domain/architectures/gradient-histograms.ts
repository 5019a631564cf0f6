import type { Architecture } from '../architecture.js';
import { componentHyperparameters, indexHyperparameters } from './shared-hyperparameters.js';

/** The baseline that a training must beat: nothing is trained but a projection. */
export const gradientHistograms: Architecture = {
  name: 'gradient-histograms',
  title: 'Gradient histograms (no training)',
  description:
    'How much a picture changes in each of 12 directions, in each cell of a grid over it, and of ' +
    'that the principal components. One pass over the images and no gradient descent, done in seconds: ' +
    'the baseline that tells whether training a network helped. It needs no labels.',
  reference: 'Dalal, Triggs: Histograms of Oriented Gradients for Human Detection, CVPR 2005',
  loss: 'Share of the variance of the histograms that the components leave out, 0 to 1.',
  hyperparameters: [...componentHyperparameters, ...indexHyperparameters],
};
