import { seededRandom } from './random.js';

/**
 * UMAP: McInnes, Healy, Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension
 * Reduction" (2018). A graph of nearest neighbours becomes one of memberships between 0 and 1; points
 * in the plane are then pulled together along its edges and pushed apart elsewhere. How near two points
 * of the plane are is 1 / (1 + d^2), the paper's curve with a = b = 1 (t-UMAP of Melville's uwot): it
 * takes no power, which is half of the time.
 */

/** The k nearest of each of `count` points, nearest first, without itself: both [count, k]. */
export interface NeighbourTable {
  readonly k: number;
  readonly neighbours: Int32Array;
  readonly distances: Float32Array;
}

/** A graph by its edges; each stands in it once for either direction. */
export interface MembershipGraph {
  readonly count: number;
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** Strengths, 0 to 1. */
  readonly weights: Float32Array;
}

/** Steps of the bisection: sigma is then known to 64 bits. */
const BISECTIONS = 64;
/** Of the mean distance: where all are as far, the bisection would end at 0. */
const LEAST_SIGMA = 1e-3;
/** Points that each pulled point is pushed from. */
const PUSHES = 5;
const GREATEST_STEP = 4;
/** Keeps the push between two that nearly touch finite. */
const SMALLEST_SQUARE = 0.001;

/**
 * How strongly each neighbour belongs to a point: exp(-(d - rho) / sigma), with rho the distance of the
 * nearest and sigma such that the sum is log2(k) (section 3.1 of the paper). [count, k]
 */
export function memberships({ k, distances }: NeighbourTable): Float32Array {
  const strengths = new Float32Array(distances.length);
  const target = Math.log2(k);
  for (let start = 0; start < distances.length; start += k) {
    const row = distances.subarray(start, start + k);
    const rho = row.find((distance) => distance > 0) ?? 0;
    const mean = row.reduce((sum, distance) => sum + distance, 0) / k;
    const sigma = Math.max(sigmaFor(row, rho, target), LEAST_SIGMA * mean);
    row.forEach((distance, at) => {
      const beyond = Math.max(0, distance - rho);
      strengths[start + at] = beyond === 0 ? 1 : Math.exp(-beyond / sigma);
    });
  }
  return strengths;
}

function sigmaFor(row: Float32Array, rho: number, target: number): number {
  let [low, high, sigma] = [0, Infinity, 1];
  for (let step = 0; step < BISECTIONS; step += 1) {
    let sum = 0;
    for (const distance of row) sum += Math.exp(-Math.max(0, distance - rho) / sigma);
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  return sigma;
}

/** The memberships of both ends of each edge together: a + b - ab. */
export function membershipGraph(table: NeighbourTable): MembershipGraph {
  const { k, neighbours } = table;
  const strengths = memberships(table);
  const count = neighbours.length / Math.max(1, k);
  const heads: number[] = [];
  const tails: number[] = [];
  const weights: number[] = [];
  for (let head = 0; head < count; head += 1) {
    for (let at = head * k; at < (head + 1) * k; at += 1) {
      const tail = neighbours[at] ?? 0;
      const own = strengths[at] ?? 0;
      const back = neighbours.subarray(tail * k, (tail + 1) * k).indexOf(head);
      // Met again from its other end.
      if (back >= 0 && tail < head) continue;
      const others = back < 0 ? 0 : (strengths[tail * k + back] ?? 0);
      heads.push(head, tail);
      tails.push(tail, head);
      const both = own + others - own * others;
      weights.push(both, both);
    }
  }
  return {
    count,
    heads: Int32Array.from(heads),
    tails: Int32Array.from(tails),
    weights: Float32Array.from(weights),
  };
}

/** The layout by stochastic gradient descent, an epoch at a time. The same seed gives the same one. */
export class UmapLayout {
  private readonly random: () => number;
  /** Epochs from one pull along an edge to the next: an edge is pulled as often as it is strong. */
  private readonly pauses: Float32Array;
  private readonly nextPulls: Float32Array;
  private epoch = 0;

  /**
   * @param positions [count, 2], where they start; they are moved in place. Principal components keep
   * the large shape, which a random start loses (Kobak, Linderman, Nature Biotechnology 2021)
   */
  constructor(
    private readonly graph: MembershipGraph,
    readonly positions: Float32Array,
    private readonly epochs: number,
    seed: number,
  ) {
    this.random = seededRandom(seed);
    const strongest = graph.weights.reduce((most, weight) => Math.max(most, weight), 0);
    this.pauses = graph.weights.map((weight) => strongest / weight);
    this.nextPulls = this.pauses.slice();
  }

  /** Moves the points for one epoch; false once all are done. */
  step(): boolean {
    if (this.epoch >= this.epochs) return false;
    const { graph, positions, nextPulls, pauses, random } = this;
    const { heads, tails, count } = graph;
    const rate = 1 - this.epoch / this.epochs;
    this.epoch += 1;
    for (let edge = 0; edge < heads.length; edge += 1) {
      const due = nextPulls[edge] ?? Infinity;
      if (due > this.epoch) continue;
      nextPulls[edge] = due + (pauses[edge] ?? Infinity);
      const head = (heads[edge] ?? 0) * 2;
      pull(positions, head, (tails[edge] ?? 0) * 2, rate);
      for (let push = 0; push < PUSHES; push += 1) {
        pushAway(positions, head, Math.floor(random() * count) * 2, rate);
      }
    }
    return true;
  }
}

/** Moves both ends of an edge towards each other, up the gradient of log(1 / (1 + d^2)). */
function pull(positions: Float32Array, head: number, tail: number, rate: number): void {
  const across = (positions[head] ?? 0) - (positions[tail] ?? 0);
  const along = (positions[head + 1] ?? 0) - (positions[tail + 1] ?? 0);
  const factor = -2 / (1 + across * across + along * along);
  const [x, y] = [rate * clipped(factor * across), rate * clipped(factor * along)];
  positions[head] = (positions[head] ?? 0) + x;
  positions[head + 1] = (positions[head + 1] ?? 0) + y;
  positions[tail] = (positions[tail] ?? 0) - x;
  positions[tail + 1] = (positions[tail + 1] ?? 0) - y;
}

/** Moves a point away from another, up the gradient of log(1 - 1 / (1 + d^2)). */
function pushAway(positions: Float32Array, head: number, from: number, rate: number): void {
  if (head === from) return;
  const across = (positions[head] ?? 0) - (positions[from] ?? 0);
  const along = (positions[head + 1] ?? 0) - (positions[from + 1] ?? 0);
  const square = across * across + along * along;
  const factor = 2 / ((SMALLEST_SQUARE + square) * (1 + square));
  // Two in one place are pushed apart in one direction.
  const [x, y] = square === 0 ? [GREATEST_STEP, 0] : [factor * across, factor * along];
  positions[head] = (positions[head] ?? 0) + rate * clipped(x);
  positions[head + 1] = (positions[head + 1] ?? 0) + rate * clipped(y);
}

function clipped(step: number): number {
  return Math.max(-GREATEST_STEP, Math.min(GREATEST_STEP, step));
}
