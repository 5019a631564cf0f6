import type { MapKind } from '../domain/embedding-map.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import { seededRandom, shuffledIndices } from '../domain/random.js';
import { membershipGraph, memberships, UmapLayout, type NeighbourTable } from '../domain/umap.js';
import type { ExactSearch, PlainComparisons } from '../ports/networks.js';

/** What is to be laid out: vectors of length 1, [count, dimension] row by row. */
export interface LayoutOrder {
  readonly kind: MapKind;
  readonly vectors: Float32Array;
  readonly dimension: number;
}

/** What laying out is done with. */
export interface LayoutTools {
  readonly exactSearch: () => Promise<ExactSearch>;
  readonly comparisons: () => Promise<PlainComparisons>;
}

/** The same maps come out of the same embeddings. */
const SEED = 1;
/** Points that UMAP lays out; the others find their places among them. */
const SAMPLE = 10_000;
/** Neighbours of each, as many as the paper's authors take. */
const NEIGHBOURS = 15;
const EPOCHS = 300;
/** Sampled neighbours that the place of another point is the mean of. */
const ANCHORS = 5;
/** Half of the side of the plane that principal components start on. */
const START = 10;

/**
 * Places in the plane, [count, 2]: for PCA the two principal components; for UMAP those of a sample,
 * and for every other point the mean of its nearest sampled neighbours, weighted by how strongly each
 * belongs to it (as the paper's authors place new points).
 */
export async function layOut(
  order: LayoutOrder,
  tools: LayoutTools,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const count = order.vectors.length / order.dimension;
  if (order.kind === 'PCA' || count <= ANCHORS) return components(order, tools);
  const sampled = shuffledIndices(count, seededRandom(SEED)).subarray(0, SAMPLE).sort();
  const sample = { ...order, vectors: rowsAt(order, sampled) };
  const search = await tools.exactSearch();
  const [finding, laying, placing] = inParts(onProgress, 2, 5, 3);
  const table = await neighboursWithin(search, sample, finding);
  const layout = new UmapLayout(
    membershipGraph(table),
    spread(await components(sample, tools)),
    EPOCHS,
    SEED,
  );
  for (let epoch = 0; layout.step(); epoch += 1) {
    await laying((epoch + 1) / EPOCHS);
  }
  if (sampled.length === count) return layout.positions;
  const places = await placed(search, order, sample, layout.positions, placing);
  sampled.forEach((point, at) => {
    places.set(layout.positions.subarray(at * 2, at * 2 + 2), point * 2);
  });
  return places;
}

/** [count, 2]; of embeddings of one number the second is 0. */
async function components(
  { vectors, dimension }: LayoutOrder,
  { comparisons }: LayoutTools,
): Promise<Float32Array> {
  const positions = new Float32Array((vectors.length / dimension) * 2);
  if (vectors.length === 0) return positions;
  const plain = await comparisons();
  const found = await plain.principalComponents(vectors, dimension, 2, 0);
  const projected = await found.project(vectors);
  if (found.dimension === 2) return projected;
  projected.forEach((value, point) => (positions[point * 2] = value));
  return positions;
}

/** The neighbours of each of the sample among the others. */
async function neighboursWithin(
  search: ExactSearch,
  { vectors, dimension }: LayoutOrder,
  onProgress: OnProgress,
): Promise<NeighbourTable> {
  const count = vectors.length / dimension;
  const k = Math.min(NEIGHBOURS, count - 1);
  const found = await search.nearest(vectors, vectors, dimension, k + 1, onProgress);
  const neighbours = new Int32Array(count * k);
  for (let point = 0; point < count; point += 1) {
    const row = found.subarray(point * (k + 1), (point + 1) * (k + 1));
    // Of many equal ones, the point itself may not be among the nearest.
    const others = row.filter((other) => other !== point);
    neighbours.set(others.subarray(0, k), point * k);
  }
  return { k, neighbours, distances: distancesOf(vectors, vectors, dimension, neighbours, k) };
}

/** Every point where its nearest sampled ones are. */
async function placed(
  search: ExactSearch,
  { vectors, dimension }: LayoutOrder,
  sample: LayoutOrder,
  positions: Float32Array,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const k = ANCHORS;
  const neighbours = await search.nearest(vectors, sample.vectors, dimension, k, onProgress);
  const distances = distancesOf(vectors, sample.vectors, dimension, neighbours, k);
  const weights = memberships({ k, neighbours, distances });
  const places = new Float32Array((vectors.length / dimension) * 2);
  for (let point = 0; point * 2 < places.length; point += 1) {
    let [x, y, sum] = [0, 0, 0];
    for (let at = point * k; at < (point + 1) * k; at += 1) {
      const anchor = neighbours[at] ?? 0;
      const weight = weights[at] ?? 0;
      x += weight * (positions[anchor * 2] ?? 0);
      y += weight * (positions[anchor * 2 + 1] ?? 0);
      sum += weight;
    }
    places.set([x / sum, y / sum], point * 2);
  }
  return places;
}

/** Cosine distances of vectors of length 1. [count, k] */
function distancesOf(
  queries: Float32Array,
  base: Float32Array,
  dimension: number,
  neighbours: Int32Array,
  k: number,
): Float32Array {
  return Float32Array.from(neighbours, (neighbour, at) => {
    const [one, other] = [Math.floor(at / k) * dimension, neighbour * dimension];
    let dot = 0;
    for (let axis = 0; axis < dimension; axis += 1) {
      dot += (queries[one + axis] ?? 0) * (base[other + axis] ?? 0);
    }
    return Math.max(0, 1 - dot);
  });
}

function rowsAt({ vectors, dimension }: LayoutOrder, rows: Int32Array): Float32Array {
  const found = new Float32Array(rows.length * dimension);
  rows.forEach((row, at) => {
    found.set(vectors.subarray(row * dimension, (row + 1) * dimension), at * dimension);
  });
  return found;
}

/** As wide as UMAP's plane is, whatever the unit. */
function spread(positions: Float32Array): Float32Array {
  const greatest = positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return greatest > 0 ? positions.map((value) => (value / greatest) * START) : positions;
}
