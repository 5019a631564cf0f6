import { LookalikeError, notFound } from '../domain/errors.js';
import { turnOfTheEventLoop } from '../domain/event-loop.js';
import {
  modelToRollBackTo,
  wordsOfActive,
  type MeasuredComparison,
  type ModelActivation,
} from '../domain/model-activation.js';
import type { Model } from '../domain/model.js';
import type { Datasets } from '../ports/datasets.js';
import type { ModelActivations } from '../ports/model-activations.js';
import type { Models } from '../ports/models.js';
import type { LiveIndexes } from './live-indexes.js';
import type { ModelMeasuring } from './model-measuring.js';

/** Decides which model of a dataset answers its searches. */
export class ModelChoiceService {
  constructor(
    private readonly models: Models,
    private readonly datasets: Datasets,
    private readonly activations: ModelActivations,
    private readonly measuring: ModelMeasuring,
    private readonly live: LiveIndexes,
    /** Told of every dataset that another model answers for. */
    private readonly onActivated: (datasetId: number) => void,
  ) {}

  /**
   * Lets the model answer the searches of its dataset.
   * @param force even where it is worse than the active one
   * @param signal tells to measure no further: then nothing has changed
   * @throws LookalikeError MODEL_NOT_FOUND, MODEL_WORSE
   */
  async activate(id: number, force: boolean, signal?: AbortSignal): Promise<Model> {
    const model = await this.get(id);
    const measured = force ? null : await this.measured(model, signal);
    const outcome = await this.activations.activate(id, force, measured);
    if (!outcome) throw notFound('MODEL_NOT_FOUND', id);
    if (!outcome.isActive) {
      throw new LookalikeError(
        'MODEL_WORSE',
        `Model ${id} is worse than ${wordsOfActive(outcome)}. ` +
          'Activate it with `force` if you want it all the same.',
      );
    }
    this.onActivated(model.datasetId);
    return this.get(id);
  }

  /**
   * Goes back to the model that was active before: `modelToRollBackTo`.
   * @throws LookalikeError DATASET_NOT_FOUND, NO_EARLIER_MODEL
   */
  async rollBack(datasetId: number): Promise<Model> {
    const dataset = await this.datasets.byId(datasetId);
    if (!dataset) throw notFound('DATASET_NOT_FOUND', datasetId);
    const id = await this.activations.rollBack(datasetId);
    if (id === null) {
      throw new LookalikeError(
        'NO_EARLIER_MODEL',
        `Dataset ${dataset.name} has no model that was active before and is still there. ` +
          'Activate one of its `models` instead.',
      );
    }
    this.onActivated(datasetId);
    return this.get(id);
  }

  /** Which models have been active, newest first. */
  history(datasetId: number): Promise<ModelActivation[]> {
    return this.activations.list(datasetId);
  }

  /** What `rollBack` would activate; null where there is none. */
  async earlier(datasetId: number): Promise<Model | null> {
    const activations = (await this.activations.list(datasetId)).reverse();
    const models = new Map((await this.models.list(datasetId)).map((model) => [model.id, model]));
    const id = modelToRollBackTo(activations, (modelId) => models.has(modelId));
    return id === null ? null : (models.get(id) ?? null);
  }

  /** What decides where evaluations cannot be compared; an index that cannot be read is no reason to refuse. */
  private async measured(
    model: Model,
    signal: AbortSignal | undefined,
  ): Promise<MeasuredComparison | null> {
    try {
      const open = (each: Pick<Model, 'id'>) => this.live.get(each, 'TRAIN');
      return await this.measuring.againstActive(model, open, () => turnOfTheEventLoop(signal));
    } catch (thrown) {
      if (thrown instanceof LookalikeError && thrown.code === 'INDEX_CORRUPT') return null;
      throw thrown;
    }
  }

  private async get(id: number): Promise<Model> {
    const model = await this.models.byId(id);
    if (!model) throw notFound('MODEL_NOT_FOUND', id);
    return model;
  }
}
