import type { Architecture } from '../architecture.js';
import { convAutoencoder } from './conv-autoencoder.js';
import { gradientHistograms } from './gradient-histograms.js';
import { pixelComponents } from './pixel-components.js';

/** All architectures, the usual one first. How each is built is in `server/ml/architectures`. */
export const ARCHITECTURES: readonly Architecture[] = [
  convAutoencoder,
  gradientHistograms,
  pixelComponents,
];
