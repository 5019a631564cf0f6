import { inBatchesOfSize } from '../domain/batches.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import { SPLITS } from '../domain/dataset.js';
import type { Image, PictureQuery } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { Datasets } from '../ports/datasets.js';
import type { Images } from '../ports/images.js';
import type { ModelRuntime, RedrawnPicture } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import type { Leftovers } from './leftovers.js';
import type { LiveIndexes } from './live-indexes.js';
import type { WriteQueue } from './write-queue.js';

export interface Reconstruction extends RedrawnPicture {
  readonly image: Image;
}

/** Bytes of files that are in memory together on their way to the model. */
const SENT_AT_A_TIME = 16 * 1024 * 1024;

/** Looks after the models that training left. */
export class ModelService {
  constructor(
    private readonly models: Models,
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly indexes: VectorIndexes,
    private readonly live: LiveIndexes,
    private readonly runtime: ModelRuntime,
    private readonly leftovers: Leftovers,
    private readonly writes: WriteQueue,
  ) {}

  list(datasetId: number | null): Promise<Model[]> {
    return this.models.list(datasetId);
  }

  find(id: number): Promise<Model | null> {
    return this.models.byId(id);
  }

  /** @throws LookalikeError MODEL_NOT_FOUND */
  async get(id: number): Promise<Model> {
    const model = await this.models.byId(id);
    if (!model) throw notFound('MODEL_NOT_FOUND', id);
    return model;
  }

  /**
   * Answered from memory where it can be: what another process has committed in the last few milliseconds
   * may be missing.
   * @throws LookalikeError MODEL_NOT_FOUND, NO_ACTIVE_MODEL; DATASET_NOT_FOUND, also for one that is
   * being deleted
   */
  async forSearch(datasetId: number, modelId: number | null): Promise<Model> {
    // To ask SQLite whether another process has committed anything takes a tenth of a search by upload.
    const known = this.knownForSearch(datasetId, modelId);
    if (known) return known;
    const dataset = await this.datasets.byId(datasetId);
    if (!dataset) throw notFound('DATASET_NOT_FOUND', datasetId);
    if (dataset.status === 'DELETING') {
      throw new LookalikeError('DATASET_NOT_FOUND', `Dataset ${dataset.name} is being deleted.`);
    }
    if (modelId !== null) {
      const model = await this.get(modelId);
      if (model.datasetId === datasetId) return model;
      throw new LookalikeError(
        'MODEL_NOT_FOUND',
        `Model ${modelId} belongs to dataset ${model.datasetId}, not to dataset ${datasetId}.`,
      );
    }
    if (dataset.activeModelId === null) throw new LookalikeError('NO_ACTIVE_MODEL');
    return this.get(dataset.activeModelId);
  }

  /** As `forSearch`, where that takes no waiting; null where it does, and where that would throw. */
  knownForSearch(datasetId: number, modelId: number | null): Model | null {
    const dataset = this.datasets.known(datasetId);
    if (!dataset || dataset.status === 'DELETING') return null;
    const id = modelId ?? dataset.activeModelId;
    const model = id === null ? null : this.models.known(id);
    return model?.datasetId === datasetId ? model : null;
  }

  /** The row goes first: files without a row are litter, a row without files would be a fault. */
  async delete(id: number): Promise<void> {
    const model = await this.get(id);
    const isDeleted = await this.writes.inTurn(async () => {
      const blobIds = await this.models.delete(id);
      if (blobIds) await this.leftovers.discard(blobIds);
      return blobIds !== null;
    });
    if (!isDeleted) {
      await this.get(id);
      throw new LookalikeError(
        'MODEL_ACTIVE',
        `Model ${id} is active. Activate another model of dataset ${model.datasetId} first.`,
      );
    }
    this.live.forgetModel(id);
    for (const index of model.indexes) await this.indexes.delete(index.id);
  }

  /** Loads the indexes of the active models ahead of the first search. */
  async loadActiveIndexes(): Promise<void> {
    for (const { activeModelId } of await this.datasets.list()) {
      const model = activeModelId === null ? null : await this.models.byId(activeModelId);
      for (const split of SPLITS) {
        // A damaged one is told, and rebuilt, by `get`; whoever searches is told too.
        if (model) await this.live.get(model, split).catch(() => undefined);
      }
    }
  }

  /** Removes what an index build left that was killed before its model was published. */
  async removeUnpublishedIndexes(): Promise<void> {
    // Files first, rows second: one that is published in between is then known.
    const present = await this.indexes.list();
    const models = await this.models.list(null);
    const published = new Set(models.flatMap(({ indexes }) => indexes.map(({ id }) => id)));
    for (const id of present) {
      if (!published.has(id)) await this.indexes.delete(id);
    }
  }

  /**
   * How a model redraws images, in the order of the ids.
   * @throws LookalikeError IMAGE_NOT_FOUND, and as `ModelRuntime.reconstruct`
   */
  async reconstructions(
    model: Model,
    imageIds: readonly number[],
    signal?: AbortSignal,
  ): Promise<Reconstruction[]> {
    const images = await this.images.byIds(imageIds);
    const missing = imageIds.filter((id) => !images.some((image) => image.id === id));
    if (missing.length > 0) {
      throw notFound('IMAGE_NOT_FOUND', missing.join(', '));
    }
    const redrawn: Reconstruction[] = [];
    const groups = inBatchesOfSize(images, ({ byteLength }) => byteLength, SENT_AT_A_TIME);
    for (const group of groups) {
      signal?.throwIfAborted();
      redrawn.push(...(await this.redraw(model, group)));
    }
    return redrawn;
  }

  private async redraw(model: Model, images: readonly Image[]): Promise<Reconstruction[]> {
    const bytes = await this.blobs.getMany(images.map(({ blobId }) => blobId));
    const pictures = images.map(({ format, width, height, channels }, position): PictureQuery => ({
      picture: { format, width, height, channels, bytes: bytes[position] ?? new Uint8Array() },
      crop: null,
    }));
    const redrawn = await this.runtime.reconstruct(model, pictures);
    return images.flatMap((image, position) => {
      const picture = redrawn[position];
      return picture ? [{ ...picture, image }] : [];
    });
  }
}
