import { seededRandom } from '../../server/domain/random.js';
import type { Embedding } from '../../server/domain/model.js';

/** Random vectors of the given images; each dimension from -0.5 to 0.5. */
export function randomEmbeddings(
  imageIds: readonly number[],
  dimension: number,
  seed: number,
): Embedding[] {
  const random = seededRandom(seed);
  return imageIds.map((imageId) => ({
    imageId,
    vector: Float32Array.from({ length: dimension }, () => random() - 0.5),
    reconstructionError: null,
  }));
}

export function cosineDistance(one: Float32Array, other: Float32Array): number {
  const dot = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return 1 - dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}

/** The ids of the k nearest by comparing with every one. */
export function exactNearest(
  query: Float32Array,
  embeddings: readonly Embedding[],
  k: number,
): number[] {
  return embeddings
    .map(({ imageId, vector }) => ({ imageId, distance: cosineDistance(query, vector) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, k)
    .map(({ imageId }) => imageId);
}
