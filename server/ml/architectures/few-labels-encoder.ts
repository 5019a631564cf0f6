import { hyperparameter } from '../../domain/architecture.js';
import { inParts, type OnProgress } from '../../domain/progress.js';
import type { NetworkRecipe, TrainingSet } from '../../ports/networks.js';
import { neighbourGraph, propagatedLabels } from '../label-propagation.js';
import { checkLabels, labelPlaces } from '../targets.js';
import type { TargetFinder, Targets } from '../targets.js';
import type { TensorFlow } from '../tf.js';
import { clusterTargets } from './neighbour-encoder.js';

/** Neighbours that a picture hears. */
const NEIGHBOURS = 10;
/** Of what a picture is to point to, the most that is a label; the rest is its neighbourhood. */
const MOST_OF_LABELS = 0.5;

/**
 * The clusters of `clusterTargetsOf`, and beside them the labels of a few pictures, spread over their
 * neighbours. The surer a label is, the more it counts: what is doubtful keeps to its neighbourhood.
 * @throws LookalikeError LABELS_NEEDED in training when there are fewer than two
 */
export function spreadTargetsOf(tf: TensorFlow, { hyperparameters }: NetworkRecipe): TargetFinder {
  const wanted = hyperparameter(hyperparameters, 'clusters');
  const seed = hyperparameter(hyperparameters, 'seed');
  return {
    check: checkLabels,
    find: async (set, encode, onProgress) => {
      const [encoding, clustering, spreading] = inParts(onProgress, 30, 1, 24);
      const rows = await encode(set, encoding);
      const clusters = await clusterTargets(tf, rows, set.count, wanted, seed, clustering);
      return withLabels(clusters, ...(await spreadLabels(tf, set, rows, spreading)));
    },
  };
}

/** @returns [count, labels] shares, and how many labels there are */
async function spreadLabels(
  tf: TensorFlow,
  set: TrainingSet,
  rows: Float32Array,
  onProgress: OnProgress,
): Promise<readonly [Float32Array, number]> {
  const { names, places } = labelPlaces(set);
  const [finding, spreading] = inParts(onProgress, 25, 1);
  const graph = await neighbourGraph(tf, rows, rows.length / set.count, NEIGHBOURS, finding);
  return [await propagatedLabels(graph, places, names.length, spreading), names.length];
}

function withLabels(clusters: Targets, shares: Float32Array, labelCount: number): Targets {
  return {
    count: clusters.count + labelCount,
    positions: clusters.positions,
    addShares: (position, into) => {
      const own = shares.subarray(position * labelCount, (position + 1) * labelCount);
      const ofLabels = MOST_OF_LABELS * own.reduce((most, share) => Math.max(most, share), 0);
      const ofClusters = into.subarray(0, clusters.count);
      clusters.addShares(position, ofClusters);
      ofClusters.forEach((share, at) => (ofClusters[at] = share * (1 - ofLabels)));
      own.forEach((share, label) => {
        const at = clusters.count + label;
        into[at] = (into[at] ?? 0) + ofLabels * share;
      });
    },
  };
}
