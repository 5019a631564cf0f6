import { hyperparameter } from '../../domain/architecture.js';
import { mixSeeds, seededRandom } from '../../domain/random.js';
import { inParts, type OnProgress } from '../../domain/progress.js';
import type { NetworkRecipe } from '../../ports/networks.js';
import { nearestCentres, sphericalCentres } from '../clusters.js';
import type { TargetFinder, Targets } from '../targets.js';
import type { TensorFlow } from '../tf.js';

/** Passes of k-means, after which the centres hardly move. */
const PASSES = 12;
/** Clusters that a picture belongs to, by how near they are. */
const CLUSTERS_OF_A_PICTURE = 5;
const TEMPERATURE = 0.05;
/** Pictures in a cluster, at the least on average. */
const LEAST_PICTURES = 10;

/**
 * Clusters of what the companion makes of the pictures (Caron et al.: Deep Clustering for Unsupervised
 * Learning of Visual Features, arXiv:1807.05520): the encoder learns to find, in altered pictures, the
 * neighbourhood that a picture has by its gradients and patches. They are found once, for each process.
 */
export function clusterTargetsOf(tf: TensorFlow, { hyperparameters }: NetworkRecipe): TargetFinder {
  const wanted = hyperparameter(hyperparameters, 'clusters');
  const seed = hyperparameter(hyperparameters, 'seed');
  return {
    check: () => {},
    find: async (set, encode, onProgress) => {
      const [encoding, clustering] = inParts(onProgress, 30, 1);
      const rows = await encode(set, encoding);
      return clusterTargets(tf, rows, set.count, wanted, seed, clustering);
    },
  };
}

/**
 * The nearest clusters of each picture.
 * @param rows [count, dimension], each of length one
 */
export async function clusterTargets(
  tf: TensorFlow,
  rows: Float32Array,
  count: number,
  wanted: number,
  seed: number,
  onProgress: OnProgress,
): Promise<Targets> {
  const dimension = rows.length / count;
  const clusters = Math.max(1, Math.min(wanted, Math.floor(count / LEAST_PICTURES)));
  const random = seededRandom(mixSeeds(seed, 0));
  const [finding, sharing] = inParts(onProgress, PASSES, 1);
  const found = await sphericalCentres(tf, rows, dimension, clusters, PASSES, random, finding);
  const each = Math.min(clusters, CLUSTERS_OF_A_PICTURE);
  const { centres, shares } = await nearestCentres(
    ...([tf, rows, found, dimension, each, TEMPERATURE, sharing] as const),
  );
  return {
    count: clusters,
    positions: Int32Array.from({ length: count }, (_, position) => position),
    addShares: (position, into) => {
      for (let at = position * each; at < (position + 1) * each; at += 1) {
        const centre = centres[at] ?? 0;
        into[centre] = (into[centre] ?? 0) + (shares[at] ?? 0);
      }
    },
  };
}
