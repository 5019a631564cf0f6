import { manifestText } from '../domain/bundle-manifest.js';
import { modelText } from '../domain/bundle-model.js';
import { bytesOf } from '../domain/bundle-pieces.js';
import {
  EMBEDDINGS_FILE,
  ERRORS_FILE,
  IMAGES_FILE,
  MANIFEST_FILE,
  MODEL_FILE,
  WEIGHTS_FILE,
  type Fingerprint,
} from '../domain/bundle.js';
import type { Dataset } from '../domain/dataset.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import type { Model } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { Bundles, BundleWriter, ByteSink } from '../ports/bundles.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Models } from '../ports/models.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import { BundleExportContents } from './bundle-export-contents.js';

/** A dataset that can be exported. */
export interface PreparedExport {
  /** `fashion-mnist-2026-01-31.zip` */
  readonly fileName: string;
  /**
   * Writes the bundle, and ends early where the sink throws. An image that is deleted meanwhile is
   * left out whole. @throws LookalikeError BLOB_MISSING, BLOB_CORRUPT, DATASET_NOT_FOUND when the
   * dataset is deleted meanwhile, and what the sink throws
   */
  writeTo(sink: ByteSink): Promise<void>;
}

/** Writes datasets as bundles, in one go from the stores to whoever takes the bytes. */
export class BundleExport {
  constructor(
    private readonly bundles: Bundles,
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly embeddings: Embeddings,
    private readonly models: Models,
    private readonly runs: TrainingRuns,
  ) {}

  /** @throws LookalikeError DATASET_NOT_FOUND, DATASET_NOT_READY */
  async prepare(datasetId: number): Promise<PreparedExport> {
    const dataset = await this.present(datasetId);
    if (dataset.status === 'IMPORTING') {
      throw new LookalikeError(
        'DATASET_NOT_READY',
        `Dataset ${dataset.name} is still being imported. Export it when it is READY.`,
      );
    }
    const exportedAt = new Date();
    return {
      fileName: `${dataset.name}-${exportedAt.toISOString().slice(0, 10)}.zip`,
      writeTo: (sink) => this.write(dataset, exportedAt, this.bundles.writeTo(sink)),
    };
  }

  private async write(dataset: Dataset, exportedAt: Date, writer: BundleWriter): Promise<void> {
    const { id, name, title, activeModelId } = dataset;
    const model = activeModelId === null ? null : await this.models.byId(activeModelId);
    // Now: the model may be deleted before its turn comes.
    const weights = model && (await this.blobs.get(model.weightsBlobId));
    const ids = await this.images.ids(id, {});
    const contents = new BundleExportContents(this.images, this.blobs, ids);
    const files = new Map<string, Fingerprint>();
    const add = async (file: string, pieces: AsyncIterable<Uint8Array>) => {
      files.set(file, await writer.addPieces(file, pieces));
    };
    await contents.writeOriginals(writer);
    await add(IMAGES_FILE, contents.imageLines());
    let embedded = 0;
    if (model && weights) {
      await add(MODEL_FILE, once(new TextEncoder().encode(await this.textOf(model))));
      await add(WEIGHTS_FILE, once(weights));
      const errors = new Float32Array(contents.imageCount).fill(Number.NaN);
      const vectors = contents.vectors(this.embeddings, model, (line, embedding) => {
        if (embedding) embedded += 1;
        errors[line] = embedding?.reconstructionError ?? Number.NaN;
      });
      await add(EMBEDDINGS_FILE, vectors);
      await add(ERRORS_FILE, once(bytesOf(errors)));
    }
    await this.present(id);
    const { imageCount, originalCount } = contents;
    const counts = { images: imageCount, originals: originalCount, embeddings: embedded };
    const manifest = manifestText({ name, title, exportedAt, counts, files });
    await writer.add(MANIFEST_FILE, new TextEncoder().encode(manifest));
    await writer.finish();
  }

  private async textOf(model: Model): Promise<string> {
    const { architecture, hyperparameters, input, latentSize, layers, evaluation, statistics } =
      model;
    const epochs = (await this.runs.epochs(model.id, 0)).map(({ runId: _, ...epoch }) => epoch);
    return modelText({
      ...{ architecture, hyperparameters, input, latentSize, layers, evaluation, statistics },
      epochs,
    });
  }

  private async present(id: number): Promise<Dataset> {
    const dataset = await this.datasets.byId(id);
    if (!dataset || dataset.status === 'DELETING') throw notFound('DATASET_NOT_FOUND', id);
    return dataset;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
