import type { Architecture } from '../architecture.js';
import { indexHyperparameters, trainingHyperparameters } from './shared-hyperparameters.js';

/** The tutorial's network: a small convolutional autoencoder whose bottleneck is the embedding. */
export const convAutoencoder: Architecture = {
  name: 'conv-autoencoder',
  title: 'Convolutional autoencoder',
  description:
    'Three 3x3 convolutions, each followed by ReLU and 2x2 max pooling, squeeze a picture into a ' +
    'small grid of 8 channels (4x4x8 = 128 numbers for 28x28 pixels); a mirrored decoder must ' +
    'rebuild the picture from it. It needs no labels.',
  reference:
    'Masci, Meier, Ciresan, Schmidhuber: Stacked Convolutional Auto-Encoders for Hierarchical ' +
    'Feature Extraction, ICANN 2011',
  loss: 'Sum over the batches of the mean sigmoid cross-entropy of the redrawn pixels, in nats.',
  hyperparameters: [
    ...trainingHyperparameters({ epochs: 20, batchSize: 400, learningRate: 0.001 }),
    ...indexHyperparameters,
  ],
};
