import { hyperparameter, type Hyperparameters } from '../domain/architecture.js';
import type { Split } from '../domain/dataset.js';
import type { Embedding, ModelIndex } from '../domain/model.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';

export interface IndexOrder {
  readonly modelId: number;
  readonly split: Split;
  readonly hyperparameters: Hyperparameters;
  /** Numbers per embedding. */
  readonly dimension: number;
  /** At most so many embeddings go in: what is stored when the build has begun is left out. */
  readonly count: number;
}

/** Builds the index over one split's embeddings under a model, from what is stored of them. */
export async function buildIndex(
  embeddings: Embeddings,
  indexes: VectorIndexes,
  { modelId, split, hyperparameters, dimension, count }: IndexOrder,
  onProgress: (share: number) => Promise<void>,
): Promise<ModelIndex> {
  const m = hyperparameter(hyperparameters, 'm');
  const efConstruction = hyperparameter(hyperparameters, 'efConstruction');
  const efSearch = hyperparameter(hyperparameters, 'efSearch');
  const start = performance.now();
  const built = await indexes.build(
    { dimension, m, efConstruction },
    firstOf(embeddings.stream(modelId, split), count),
    count,
    (done) => onProgress(count === 0 ? 1 : done / count),
  );
  const buildSeconds = (performance.now() - start) / 1000;
  return { ...built, split, metric: 'COSINE', m, efConstruction, efSearch, buildSeconds };
}

/** The first `count` embeddings: an index takes no more than was said when it was begun. */
async function* firstOf(
  batches: AsyncIterable<readonly Embedding[]>,
  count: number,
): AsyncIterable<readonly Embedding[]> {
  let left = count;
  for await (const batch of batches) {
    yield batch.slice(0, left);
    left -= batch.length;
    if (left <= 0) return;
  }
}
