import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { OnProgress } from '../domain/progress.js';
import { nearestRows } from './nearest-rows.js';
import type { TensorFlow } from './tf.js';

/** How much of what a picture says comes from its neighbours, in a pass. */
const FROM_NEIGHBOURS = 0.99;
const PASSES = 40;
/** The power of the cosine that a link weighs, as in Iscen et al. */
const POWER = 3;

/** Who is near whom. */
export interface NeighbourGraph {
  readonly count: number;
  /** Neighbours that each has. */
  readonly each: number;
  /** [count, each] positions; a negative one is none. */
  readonly neighbours: Int32Array;
  /** [count, each] cosines */
  readonly cosines: Float32Array;
}

/**
 * The graph of the nearest neighbours of each row, none of which is itself.
 * @param rows [count, dimension], each of length one
 */
export async function neighbourGraph(
  tf: TensorFlow,
  rows: Float32Array,
  dimension: number,
  each: number,
  onProgress: OnProgress,
): Promise<NeighbourGraph> {
  const count = rows.length / dimension;
  const k = Math.min(count, each + 1);
  const { positions, cosines } = await nearestRows(tf, rows, rows, dimension, k, onProgress);
  const neighbours = positions.map((other, link) => (other === Math.floor(link / k) ? -1 : other));
  return { count, each: k, neighbours, cosines };
}

/**
 * Spreads the labels of a few pictures over all (Zhou et al.: Learning with Local and Global Consistency,
 * NIPS 2003; Iscen et al.: Label Propagation for Deep Semi-supervised Learning, arXiv:1904.04717): each
 * takes over, again and again, what its neighbours say, and the labelled ones repeat theirs.
 * @param targets of each picture the place of its label, or -1
 * @returns [count, labelCount]: how far each label is that of each picture, which add up to one, or to
 * zero where no labelled picture can be reached; labelled pictures keep theirs
 */
export async function propagatedLabels(
  graph: NeighbourGraph,
  targets: Int32Array,
  labelCount: number,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const { count, each, neighbours } = graph;
  const weights = symmetricWeights(graph);
  let said = new Float32Array(count * labelCount);
  for (let pass = 0; pass < PASSES; pass += 1) {
    const next = new Float32Array(count * labelCount);
    targets.forEach((target, at) => {
      if (target >= 0) next[at * labelCount + target] = 1 - FROM_NEIGHBOURS;
    });
    for (let link = 0; link < neighbours.length; link += 1) {
      const other = neighbours[link] ?? -1;
      if (other < 0) continue;
      const weight = FROM_NEIGHBOURS * (weights[link] ?? 0);
      const [mine, theirs] = [Math.floor(link / each) * labelCount, other * labelCount];
      for (let label = 0; label < labelCount; label += 1) {
        // Both ways: a link is a link, whoever has it in his list.
        next[mine + label] = (next[mine + label] ?? 0) + weight * (said[theirs + label] ?? 0);
        next[theirs + label] = (next[theirs + label] ?? 0) + weight * (said[mine + label] ?? 0);
      }
    }
    said = next;
    await turnOfTheEventLoop();
    await onProgress((pass + 1) / PASSES);
  }
  return asShares(said, targets, labelCount);
}

/** Of each link, over the roots of all that both ends have: so none is louder for having many. */
function symmetricWeights({ count, each, neighbours, cosines }: NeighbourGraph): Float32Array {
  const weights = cosines.map((cosine, link) =>
    (neighbours[link] ?? -1) < 0 ? 0 : Math.max(0, cosine) ** POWER,
  );
  const sums = new Float64Array(count);
  const add = (at: number, weight: number) => (sums[at] = (sums[at] ?? 0) + weight);
  weights.forEach((weight, link) => {
    if (weight === 0) return;
    add(Math.floor(link / each), weight);
    add(neighbours[link] ?? 0, weight);
  });
  return weights.map((weight, link) => {
    if (weight === 0) return 0;
    const [own, other] = [sums[Math.floor(link / each)], sums[neighbours[link] ?? 0]];
    return weight / Math.sqrt((own ?? 1) * (other ?? 1));
  });
}

/** Each label first made as loud as the others: else those whose pictures lie densest would win. */
function asShares(said: Float32Array, targets: Int32Array, labelCount: number): Float32Array {
  const sums = new Float64Array(labelCount);
  said.forEach((share, at) => (sums[at % labelCount] = (sums[at % labelCount] ?? 0) + share));
  const shares = said.map((share, at) => share / Math.max(1e-12, sums[at % labelCount] ?? 0));
  targets.forEach((target, at) => {
    const own = shares.subarray(at * labelCount, (at + 1) * labelCount);
    if (target >= 0) {
      own.fill(0);
      own[target] = 1;
      return;
    }
    const sum = own.reduce((total, share) => total + share, 0);
    if (sum > 0) own.forEach((share, label) => (own[label] = share / sum));
  });
  return shares;
}
