import { LookalikeError } from '../../domain/errors.js';
import { convolutionalNetworks } from '../convolutional-networks.js';
import { encoderNetworks } from '../encoder-networks.js';
import type { NetworkBuilder } from '../network-builder.js';
import { projectedNetworks } from '../projected-networks.js';
import { convAutoencoder } from './conv-autoencoder.js';
import { spreadTargetsOf } from './few-labels-encoder.js';
import { gradientHistograms, rootedHistograms } from './gradient-histograms.js';
import { labelTargetsOf } from './metric-encoder.js';
import { clusterTargetsOf } from './neighbour-encoder.js';
import { pixels } from './pixels.js';
import { residualEncoder } from './residual-encoder.js';

/** How each architecture of `server/domain/architectures` is built, by its name. */
const BUILDERS: ReadonlyMap<string, NetworkBuilder> = new Map([
  ['conv-autoencoder', convolutionalNetworks(convAutoencoder)],
  [
    'neighbour-encoder',
    encoderNetworks({
      blueprintOf: residualEncoder,
      featuresOf: rootedHistograms,
      targetsOf: clusterTargetsOf,
    }),
  ],
  [
    'few-labels-encoder',
    encoderNetworks({
      blueprintOf: residualEncoder,
      featuresOf: rootedHistograms,
      targetsOf: spreadTargetsOf,
    }),
  ],
  [
    'metric-encoder',
    encoderNetworks({ blueprintOf: residualEncoder, featuresOf: null, targetsOf: labelTargetsOf }),
  ],
  ['gradient-histograms', projectedNetworks(gradientHistograms)],
  ['pixel-components', projectedNetworks(pixels)],
]);

/** @throws LookalikeError ARCHITECTURE_NOT_FOUND */
export function builderOf(architecture: string): NetworkBuilder {
  const builder = BUILDERS.get(architecture);
  if (builder) return builder;
  const known = [...BUILDERS.keys()].join(', ');
  throw new LookalikeError(
    'ARCHITECTURE_NOT_FOUND',
    `No architecture is named "${architecture}". There are: ${known}.`,
  );
}
