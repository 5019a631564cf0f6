import type { ModelStatistics } from './model.js';

/** The quantile of random pairs that near is told from: 9 in 10,000 pairs are nearer. */
const SEVENTH_QUANTILE = 6;
const SHARE_OF_IT = 0.1;
const FARTHEST = 0.01;
/** For models from before there were statistics: what these come to for Fashion-MNIST. */
const UNMEASURED = 0.0005;

/**
 * The cosine distance up to which two images are taken for near duplicates unless somebody says
 * otherwise: a tenth of what nine in ten thousand random pairs are nearer than, 0.01 at most.
 *
 * Under the default network on Fashion-MNIST that is 0.0004. Copies saved anew as WebP or JPEG (quality
 * 80, 90), or a tenth brighter, mostly lie within it; of different pictures one in two hundred has
 * another so near. Twice as far, and pictures that are only similar join along chains.
 */
export function usualNearDistance(statistics: ModelStatistics | null): number {
  const quantile = statistics?.distanceQuantiles[SEVENTH_QUANTILE];
  return quantile === undefined ? UNMEASURED : Math.min(FARTHEST, quantile * SHARE_OF_IT);
}
