import {
  architectureNamed,
  restoreHyperparameters,
  type Architecture,
} from '../domain/architecture.js';
import { MAX_WEIGHTS_BYTES, WEIGHTS_FILE, type BundleModel } from '../domain/bundle.js';
import { SPLITS } from '../domain/dataset.js';
import { LookalikeError, notFound, reasonOf, type ErrorCode } from '../domain/errors.js';
import { completeInput } from '../domain/input-spec.js';
import type { BlobId } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Log } from '../ports/log.js';
import type { BulkRuntime } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import { fingerprintOf, type CheckedBundle } from './bundle-check.js';
import type { LiveIndexes } from './live-indexes.js';
import { tryModel } from './bundle-model-trial.js';
import type { WriteQueue } from './write-queue.js';

/** What is told of the model where files that were refused are listed. */
const REFUSED_AS = 'model';

/** What says nothing against the model: it may be tried again. */
const PASSING: readonly ErrorCode[] = [
  'BLOB_MISSING',
  'DISK_FULL',
  'EMBEDDER_CRASHED',
  'EMBEDDER_TIMEOUT',
];

/** Brings the model of a bundle into its dataset. */
export class BundleModelImport {
  constructor(
    private readonly architectures: readonly Architecture[],
    private readonly datasets: Datasets,
    private readonly blobs: Blobs,
    private readonly embeddings: Embeddings,
    private readonly models: Models,
    private readonly bulk: BulkRuntime,
    private readonly live: LiveIndexes,
    private readonly writes: WriteQueue,
    private readonly log: Log,
  ) {}

  /**
   * The bundle's model, active in the dataset; the one that is there already after an interruption.
   * Null where the bundle has none, or one that cannot work here, which is noted as a refusal.
   * @throws LookalikeError BUNDLE_INVALID, and what says nothing against the model: DISK_FULL,
   * EMBEDDER_CRASHED, EMBEDDER_TIMEOUT
   */
  async import(datasetId: number, bundle: CheckedBundle): Promise<Model | null> {
    const { model: sent } = bundle;
    if (!sent) return null;
    const dataset = await this.datasets.byId(datasetId);
    if (!dataset) throw notFound('DATASET_NOT_FOUND', datasetId);
    if (dataset.activeModelId !== null) {
      // Opened at the start, its indexes would be built anew again and again while they grow.
      this.live.forgetModel(dataset.activeModelId);
      return this.models.byId(dataset.activeModelId);
    }
    const { sha256 } = fingerprintOf(bundle.manifest, WEIGHTS_FILE);
    const weights = await bundle.reader.read(WEIGHTS_FILE, MAX_WEIGHTS_BYTES, sha256);
    try {
      const fitting = this.fitting(sent);
      const model = { ...fitting, datasetId, weightsBlobId: sha256, indexes: [] };
      await this.try({ ...model, createdAt: new Date() }, weights);
      // In a turn, and put again: the same weights may have been deleted with another dataset.
      return await this.writes.inTurn(async () => {
        await this.blobs.put(weights);
        return this.models.import(model);
      });
    } catch (thrown) {
      if (!(thrown instanceof LookalikeError) || PASSING.includes(thrown.code)) throw thrown;
      const { code, message } = thrown;
      await this.datasets.putRefusals(datasetId, [{ name: REFUSED_AS, code, message }]);
      return null;
    }
  }

  /** Not in a turn, for it may take minutes. What is refused leaves no weights behind. */
  private async try(model: Omit<Model, 'id'>, weights: Uint8Array): Promise<void> {
    const wereThere = await this.isStored(model.weightsBlobId);
    try {
      await this.blobs.put(weights);
      try {
        await tryModel(this.bulk, model);
      } catch (thrown) {
        if (!(thrown instanceof LookalikeError) || thrown.code !== 'BLOB_MISSING') throw thrown;
        // Deleted with another dataset in this very moment.
        await this.blobs.put(weights);
        await tryModel(this.bulk, model);
      }
    } catch (thrown) {
      if (!wereThere) await this.deleteUnused(model.weightsBlobId);
      throw thrown;
    }
  }

  private async isStored(id: BlobId): Promise<boolean> {
    try {
      await this.blobs.get(id);
      return true;
    } catch (thrown) {
      if (thrown instanceof LookalikeError && thrown.code === 'BLOB_MISSING') return false;
      throw thrown;
    }
  }

  private deleteUnused(weightsBlobId: BlobId): Promise<void> {
    return this.writes.inTurn(async () => {
      const models = await this.models.list(null);
      const isUsed = models.some((model) => model.weightsBlobId === weightsBlobId);
      if (!isUsed) await this.blobs.delete(weightsBlobId);
    });
  }

  /** Builds the indexes of a model that has none. Never throws: the first search would build them. */
  async buildIndexes(model: Model): Promise<void> {
    try {
      for (const split of SPLITS) {
        const isEmpty = (await this.embeddings.ids(model.id, split)).length === 0;
        if (!isEmpty) await this.bulk.rebuildIndex(model, split);
      }
    } catch (thrown) {
      this.log.warn(`the indexes of model ${model.id} were not built: ${reasonOf(thrown)}`);
    }
    this.live.forgetModel(model.id);
  }

  private fitting(model: BundleModel): BundleModel {
    const architecture = architectureNamed(this.architectures, model.architecture);
    return {
      ...model,
      hyperparameters: restoreHyperparameters(architecture, model.hyperparameters),
      input: completeInput(model.input, model.input),
    };
  }
}
