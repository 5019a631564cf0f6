import { estimateMean } from '../domain/bootstrap.js';
import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { MeasuredComparison } from '../domain/model-activation.js';
import {
  compareModels,
  LEAST_QUERIES,
  measuredAnew,
  type ModelComparison,
} from '../domain/model-choice.js';
import type { NewModel } from '../domain/model.js';
import { unitVector } from '../domain/query-vector.js';
import { spreadPlaces } from '../domain/spread.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Models } from '../ports/models.js';
import { labelsOfImages } from './image-labels.js';
import type { LiveIndex } from './live-index.js';

/** Queries at most: enough to tell models apart that differ by two hundredths. */
const MOST_QUERIES = 2000;
const K = 10;
/** How long searching may hold up the event loop. */
const TURN_MS = 5;

/** What is asked of a model; the row of a new one is not written yet. */
type Measured = Pick<NewModel, 'id' | 'datasetId' | 'evaluation'>;

export interface MeasuringStores {
  readonly datasets: Pick<Datasets, 'byId'>;
  readonly models: Pick<Models, 'byId'>;
  readonly images: Pick<Images, 'idsByLabel'>;
  readonly embeddings: Pick<Embeddings, 'ids' | 'findMany'>;
}

/**
 * Holds a model against the active one where their evaluations cannot be: images or labels have come or
 * gone between the two. Both answer the same labelled TEST images, up to 2,000 spread over all, from the
 * TRAIN images that both have, and are judged by the labels of now.
 */
export class ModelMeasuring {
  constructor(private readonly stores: MeasuringStores) {}

  /**
   * Null where there is no other active model, or the evaluations say it all.
   * @param open the index of the TRAIN images under a model
   * @param onTurn awaited every few milliseconds
   * @throws LookalikeError INDEX_CORRUPT
   */
  async againstActive(
    candidate: Measured,
    open: (model: Measured) => Promise<LiveIndex>,
    onTurn: () => Promise<void> = turnOfTheEventLoop,
  ): Promise<MeasuredComparison | null> {
    const { datasets, models } = this.stores;
    const { activeModelId = null } = (await datasets.byId(candidate.datasetId)) ?? {};
    if (activeModelId === null || activeModelId === candidate.id) return null;
    const active = await models.byId(activeModelId);
    if (!active || compareModels(candidate.evaluation, active.evaluation)) return null;
    const comparison = await this.compare([candidate, active], open, onTurn);
    return { activeModelId, comparison };
  }

  /** Null where they have fewer than LEAST_QUERIES labelled TEST images in common. */
  private async compare(
    [candidate, active]: readonly [Measured, Measured],
    open: (model: Measured) => Promise<LiveIndex>,
    onTurn: () => Promise<void>,
  ): Promise<ModelComparison | null> {
    const labels = await labelsOfImages(this.stores.images, candidate.datasetId);
    const queryIds = await this.sharedQueries(candidate.id, active.id, labels);
    if (queryIds.length < LEAST_QUERIES) return null;
    const [ours, theirs] = [await open(candidate), await open(active)];
    const isShared = (imageId: number) => ours.has(imageId) && theirs.has(imageId);
    const scored = async (modelId: number, index: LiveIndex) => {
      const search = (vector: Float32Array) => index.search(vector, K, isShared);
      const precisions = await this.precisions(modelId, queryIds, labels, search, onTurn);
      await onTurn();
      return estimateMean(precisions);
    };
    const [one, other] = [await scored(candidate.id, ours), await scored(active.id, theirs)];
    return one && other && measuredAnew(one, other);
  }

  /** Of each query, the share of its 10 nearest that bear its label. */
  private async precisions(
    modelId: number,
    queryIds: readonly number[],
    labels: ReadonlyMap<number, string>,
    search: (vector: Float32Array) => readonly { readonly imageId: number }[],
    onTurn: () => Promise<void>,
  ): Promise<number[]> {
    const precisions: number[] = [];
    let turn = performance.now();
    for (const { imageId, vector } of await this.stores.embeddings.findMany(modelId, queryIds)) {
      const hits = search(unitVector(vector));
      const alike = hits.filter((hit) => labels.get(hit.imageId) === labels.get(imageId));
      precisions.push(alike.length / Math.max(1, hits.length));
      if (performance.now() - turn < TURN_MS) continue;
      await onTurn();
      turn = performance.now();
    }
    return precisions;
  }

  /** Labelled TEST images that both have embedded, ascending; of many some, spread over all. */
  private async sharedQueries(
    candidateId: number,
    activeId: number,
    labels: ReadonlyMap<number, string>,
  ): Promise<number[]> {
    const { embeddings } = this.stores;
    const known = new Set(await embeddings.ids(activeId, 'TEST'));
    const own = await embeddings.ids(candidateId, 'TEST');
    const shared = own.filter((id) => known.has(id) && labels.has(id));
    return spreadPlaces(shared.length, MOST_QUERIES).map((place) => shared[place] ?? 0);
  }
}
