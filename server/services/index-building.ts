import { hyperparameter, type Hyperparameters } from '../domain/architecture.js';
import type { Split } from '../domain/dataset.js';
import type { Embedding, ModelIndex } from '../domain/model.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import { candidatesFor, chooseEf, RECALL_K, USUAL_EF } from '../domain/recall-curve.js';
import type { ExactSearch } from '../ports/networks.js';
import type { BuiltIndex, VectorIndexes } from '../ports/vector-indexes.js';
import { RecallMeasuring, type VectorRows } from './recall-measuring.js';

/** Rows handed to the index at a time. */
const ROWS_AT_A_TIME = 1000;

export interface IndexOrder {
  readonly split: Split;
  readonly hyperparameters: Hyperparameters;
  /** Numbers per embedding. */
  readonly dimension: number;
  /** What goes in. */
  readonly base: VectorRows;
  /** The other split, whose images are the queries that recall is measured on. */
  readonly heldOut: VectorRows;
}

type SearchChoice = Pick<ModelIndex, 'efSearch' | 'recallTarget' | 'recallCurve'>;

/**
 * Builds the index over one split's embeddings under a model, and measures at how many candidates a
 * search reaches the recall that the model asks for. A model from before there were recall targets
 * says itself how many. Then it lists the neighbours of its images.
 */
export async function buildIndex(
  indexes: VectorIndexes,
  exactSearch: () => Promise<ExactSearch>,
  order: IndexOrder,
  onProgress: OnProgress,
): Promise<ModelIndex> {
  const { split, hyperparameters, dimension, base } = order;
  const m = hyperparameter(hyperparameters, 'm');
  const efConstruction = hyperparameter(hyperparameters, 'efConstruction');
  const { length: count } = base.imageIds;
  const [building, , listing] = inParts(onProgress, 6, 1, 3);
  const start = performance.now();
  const built = await indexes.build(
    { dimension, m, efConstruction },
    embeddingsOf(base, dimension),
    count,
    (done) => building(count === 0 ? 1 : done / count),
  );
  const buildSeconds = (performance.now() - start) / 1000;
  try {
    const choice = await chooseSearch(indexes, exactSearch, order, built, () => building(1));
    // As many candidates as for the largest k that is listed, beside the image itself.
    const candidates = candidatesFor(choice.efSearch, RECALL_K + 1);
    await indexes.listNeighbours(built, candidates, (done) => listing(done / count));
    await onProgress(1);
    return { ...built, ...choice, split, metric: 'COSINE', m, efConstruction, buildSeconds };
  } catch (thrown) {
    // Nobody else knows of it.
    await indexes.delete(built.id);
    throw thrown;
  }
}

async function chooseSearch(
  indexes: VectorIndexes,
  exactSearch: () => Promise<ExactSearch>,
  { hyperparameters, dimension, base, heldOut }: IndexOrder,
  { id }: BuiltIndex,
  onTurn: () => Promise<void>,
): Promise<SearchChoice> {
  const { recallTarget } = hyperparameters;
  if (recallTarget === undefined) {
    const efSearch = hyperparameter(hyperparameters, 'efSearch');
    return { efSearch, recallTarget: null, recallCurve: [] };
  }
  const unmeasured = { efSearch: USUAL_EF, recallTarget, recallCurve: [] };
  if (base.imageIds.length === 0) return unmeasured;
  const [search, index] = [await exactSearch(), await indexes.open(id)];
  const measuring = await RecallMeasuring.prepare(search, index, base, heldOut, dimension, onTurn);
  if (!measuring) return unmeasured;
  const { ef, curve } = await chooseEf(recallTarget, (tried) => measuring.at(tried));
  return { efSearch: ef, recallTarget, recallCurve: curve };
}

async function* embeddingsOf(
  { imageIds, vectors }: VectorRows,
  dimension: number,
): AsyncIterable<readonly Embedding[]> {
  for (let start = 0; start < imageIds.length; start += ROWS_AT_A_TIME) {
    await Promise.resolve();
    yield imageIds.slice(start, start + ROWS_AT_A_TIME).map((imageId, at) => ({
      imageId,
      vector: vectors.subarray((start + at) * dimension, (start + at + 1) * dimension),
      reconstructionError: null,
    }));
  }
}
