import { spreadPlaces } from '../domain/spread.js';
import type { Split } from '../domain/dataset.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { VectorRows } from './recall-measuring.js';

/**
 * The embeddings of a split under a model, in the order of image ids. What is stored after the reading
 * has begun may be missing.
 */
export async function storedVectors(
  embeddings: Embeddings,
  modelId: number,
  split: Split,
  dimension: number,
): Promise<VectorRows> {
  const { length: count } = await embeddings.ids(modelId, split);
  const vectors = new Float32Array(count * dimension);
  const imageIds: number[] = [];
  for await (const batch of embeddings.stream(modelId, split)) {
    for (const { imageId, vector } of batch.slice(0, count - imageIds.length)) {
      vectors.set(vector, imageIds.length * dimension);
      imageIds.push(imageId);
    }
    if (imageIds.length === count) break;
  }
  return { imageIds, vectors: vectors.subarray(0, imageIds.length * dimension) };
}

/** Up to `count` embeddings of a split under a model, spread over all. */
export async function sampleVectors(
  embeddings: Embeddings,
  modelId: number,
  split: Split,
  dimension: number,
  count: number,
): Promise<VectorRows> {
  const ids = await embeddings.ids(modelId, split);
  const wanted = spreadPlaces(ids.length, count).map((place) => ids[place] ?? 0);
  const found = await embeddings.findMany(modelId, wanted);
  const vectors = new Float32Array(found.length * dimension);
  found.forEach(({ vector }, row) => {
    vectors.set(vector, row * dimension);
  });
  return { imageIds: found.map(({ imageId }) => imageId), vectors };
}
