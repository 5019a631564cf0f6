import type { Architecture } from '../architecture.js';
import { componentHyperparameters, indexHyperparameters } from './shared-hyperparameters.js';

/** The simplest baseline: pictures are alike whose pixels are. */
export const pixelComponents: Architecture = {
  name: 'pixel-components',
  title: 'Principal components of the pixels (no training)',
  description:
    'The principal components of the pixels (Eigenpictures). One pass over the images, done in seconds: ' +
    'finds pictures that are alike pixel by pixel. It needs no labels.',
  reference: 'Turk, Pentland: Eigenfaces for Recognition, Journal of Cognitive Neuroscience 1991',
  loss: 'Share of the variance of the pixels that the components leave out, 0 to 1.',
  hyperparameters: [...componentHyperparameters, ...indexHyperparameters],
};
