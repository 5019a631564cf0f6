import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { inBatches } from '../domain/batches.js';
import type { Model } from '../domain/model.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { CheckedBundle } from './bundle-check.js';
import type { BundleModelImport } from './bundle-import-model.js';
import { fileOf, rowsIn, type BundleRow } from './bundle-import-rows.js';
import type { EmbeddingCatchUp } from './embedding-catch-up.js';
import type { ImageWriter } from './image-writer.js';
import type { WriteQueue } from './write-queue.js';

const ROWS_AT_A_TIME = 500;
/** Few enough that the count in the dataset's row moves while large pictures come in. */
const FILES_AT_A_TIME = 64;

/** Brings what is in a bundle into a dataset that is there and has none of it, or some. */
export class BundleContentImport {
  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly embeddings: Embeddings,
    private readonly writer: ImageWriter,
    private readonly model: BundleModelImport,
    private readonly catchUp: EmbeddingCatchUp,
    private readonly writes: WriteQueue,
  ) {}

  /**
   * Adds the model, then the images with their embeddings; what is there already stays. Originals
   * that are refused are noted as such. @param isStopped whether to stop behind the present batch
   * @returns the model that is active now, if there is one; 'STOPPED' where it was stopped
   * @throws LookalikeError BUNDLE_INVALID, DISK_FULL, and as `ImageWriter.add`
   */
  async import(
    datasetId: number,
    bundle: CheckedBundle,
    isStopped: () => boolean,
  ): Promise<Model | null | 'STOPPED'> {
    const model = await this.model.import(datasetId, bundle);
    const { reader } = bundle;
    let count = await this.images.count(datasetId, {});
    await this.datasets.setImportState(datasetId, {
      importedCount: count,
      expectedCount: bundle.imageCount,
    });
    for await (const rows of rowsIn(bundle, model !== null, ROWS_AT_A_TIME)) {
      const missing = await this.missing(datasetId, model, rows);
      for (const batch of inBatches(missing, FILES_AT_A_TIME)) {
        if (isStopped()) return 'STOPPED';
        const files = batch.map((row) => fileOf(reader, row));
        const added = await this.writer.add(datasetId, files, { importing: true });
        count += added.filter(({ outcome }) => outcome === 'ADDED').length;
        await this.datasets.setImportState(datasetId, { importedCount: count });
        // The stores may answer without a turn of the event loop; requests must get theirs.
        await turnOfTheEventLoop();
      }
    }
    if (isStopped()) return 'STOPPED';
    await this.datasets.recount(datasetId);
    this.catchUp.wake(datasetId);
    return model;
  }

  /** Builds the indexes, so that the first search need not wait; a fault leaves that to it. */
  buildIndexes(model: Model): Promise<void> {
    return this.model.buildIndexes(model);
  }

  /** The rows that have no image yet. The others may have come without their embeddings: not all at once. */
  private async missing(
    datasetId: number,
    model: Model | null,
    rows: readonly BundleRow[],
  ): Promise<BundleRow[]> {
    const names = rows.map(({ image }) => image.name);
    const present = await this.images.byNames(datasetId, names);
    if (present.length === 0) return [...rows];
    const byName = new Map(present.map((image) => [image.name, image]));
    const embeddings = rows.flatMap(({ image: { name, sha256 }, embedding }) => {
      const image = byName.get(name);
      return image?.blobId === sha256 && embedding ? [{ ...embedding, imageId: image.id }] : [];
    });
    if (model) await this.writes.inTurn(() => this.embeddings.putMany(model.id, embeddings));
    return rows.filter(({ image: { name, sha256 } }) => byName.get(name)?.blobId !== sha256);
  }
}
