import {
  architectureNamed,
  completeHyperparameters,
  type Architecture,
} from '../domain/architecture.js';
import { MAX_WEIGHTS_BYTES, WEIGHTS_FILE, type BundleModel } from '../domain/bundle.js';
import { SPLITS } from '../domain/dataset.js';
import { LookalikeError, notFound, reasonOf } from '../domain/errors.js';
import { completeInput } from '../domain/input-spec.js';
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
   * @throws LookalikeError BUNDLE_INVALID, DISK_FULL
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
    // In a turn, or else the same weights might be deleted with another dataset meanwhile.
    return this.writes.inTurn(async () => {
      try {
        const fitting = this.fitting(sent);
        const weightsBlobId = await this.blobs.put(weights);
        const model = { ...fitting, datasetId, weightsBlobId, indexes: [] };
        await tryModel(this.bulk, { ...model, createdAt: new Date() });
        return await this.models.import(model);
      } catch (thrown) {
        if (!(thrown instanceof LookalikeError)) throw thrown;
        const { code, message } = thrown;
        await this.datasets.putRefusals(datasetId, [{ name: REFUSED_AS, code, message }]);
        return null;
      }
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
      hyperparameters: completeHyperparameters(architecture, model.hyperparameters),
      input: completeInput(model.input, model.input),
    };
  }
}
