import type { Architecture } from '../architecture.js';
import { convAutoencoder } from './conv-autoencoder.js';
import { fewLabelsEncoder } from './few-labels-encoder.js';
import { gradientHistograms } from './gradient-histograms.js';
import { metricEncoder } from './metric-encoder.js';
import { neighbourEncoder } from './neighbour-encoder.js';
import { pixelComponents } from './pixel-components.js';

/** All architectures, the usual one first. How each is built is in `server/ml/architectures`. */
export const ARCHITECTURES: readonly Architecture[] = [
  convAutoencoder,
  neighbourEncoder,
  fewLabelsEncoder,
  metricEncoder,
  gradientHistograms,
  pixelComponents,
];
