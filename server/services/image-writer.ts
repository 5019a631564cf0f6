import { isDiskFull } from '../domain/disk-full.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import { checkImageWords } from '../domain/image-description.js';
import type { Image } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { ImageDescription, Images } from '../ports/images.js';
import type { BulkRuntime } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { EmbeddingCatchUp } from './embedding-catch-up.js';
import type { FilterMatches } from './filter-matches.js';
import { readSlices, type NewFile } from './image-writer-intake.js';
import { ImageWriterRows } from './image-writer-rows.js';
import { ImageWriterSlices, type AddedFile } from './image-writer-slices.js';
import type { Leftovers } from './leftovers.js';
import type { LiveIndexes } from './live-indexes.js';
import type { WriteQueue } from './write-queue.js';

export type { NewFile } from './image-writer-intake.js';
export type { AddedFile } from './image-writer-slices.js';

export interface AddOptions {
  /** For an import that has the dataset to itself: the dataset is then IMPORTING. */
  readonly importing?: boolean;
}

/** The only writer of images that users bring. */
export class ImageWriter {
  private readonly rows: ImageWriterRows;
  private readonly slices: ImageWriterSlices;

  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    blobs: Blobs,
    embeddings: Embeddings,
    models: Models,
    bulk: BulkRuntime,
    live: LiveIndexes,
    matches: FilterMatches,
    private readonly catchUp: EmbeddingCatchUp,
    private readonly writes: WriteQueue,
    leftovers: Leftovers,
  ) {
    this.rows = new ImageWriterRows(
      ...([datasets, images, blobs, embeddings, models, live, matches, leftovers] as const),
    );
    this.slices = new ImageWriterSlices(this.rows, datasets, images, models, bulk, catchUp, writes);
  }

  /**
   * Adds picture files; each is taken or refused on its own, and answered in its place. One that is
   * ADDED is on disk, and searchable under the active model. Names that are there with the same
   * bytes stay, so that an import can be repeated.
   * @throws LookalikeError DATASET_NOT_FOUND, DATASET_NOT_READY, DISK_FULL and REQUEST_INVALID (the
   * same files can be added again then: what was written is whole), and as `BulkRuntime.examine`
   */
  async add(
    datasetId: number,
    files: readonly NewFile[],
    { importing = false }: AddOptions = {},
  ): Promise<AddedFile[]> {
    await this.rows.writableDataset(datasetId, importing);
    const answers: AddedFile[] = [];
    try {
      for await (const slice of readSlices(files)) {
        answers.push(...(await this.slices.add(datasetId, slice, importing)));
      }
      return answers;
    } catch (thrown) {
      // Rows may be there whose embeddings are not.
      this.catchUp.wake(datasetId);
      throw toldAsDiskFull(thrown);
    }
  }

  /**
   * Says something else of an image; what is undefined stays.
   * @throws LookalikeError IMAGE_NOT_FOUND, IMAGE_DESCRIPTION_INVALID, DISK_FULL
   */
  async describe(
    id: number,
    changes: { readonly [K in keyof ImageDescription]?: ImageDescription[K] | undefined },
  ): Promise<Image> {
    const label = changes.label === '' ? null : changes.label;
    checkImageWords({ label: label ?? null, metadata: changes.metadata ?? [] });
    return this.write(async () => {
      const [image] = await this.images.byIds([id]);
      if (!image) throw notFound('IMAGE_NOT_FOUND', id);
      return this.rows.describe(image, {
        label: label === undefined ? image.label : label,
        split: changes.split ?? image.split,
        metadata: changes.metadata ?? (await this.images.metadata([id])).get(id) ?? [],
      });
    });
  }

  /**
   * Gives images other labels, all or none; those that are gone are left out.
   * @returns those that changed, with the label that each bore before
   * @throws LookalikeError IMAGE_DESCRIPTION_INVALID, DISK_FULL
   */
  async relabel(labels: ReadonlyMap<number, string | null>): Promise<Map<number, string | null>> {
    for (const label of new Set(labels.values())) checkImageWords({ label, metadata: [] });
    return this.write(() => this.rows.relabel(labels));
  }

  /**
   * Deletes images, of whatever datasets; no search finds them any more. Bytes that no other image
   * bears go too.
   * @returns the ids of those that were there
   * @throws LookalikeError DATASET_BUSY while one of their datasets is being imported, DISK_FULL
   */
  async delete(ids: readonly number[]): Promise<number[]> {
    return this.write(async () => {
      const images = await this.images.byIds([...new Set(ids)]);
      const datasetIds = [...new Set(images.map(({ datasetId }) => datasetId))];
      for (const datasetId of datasetIds) await this.requireNoImport(datasetId);
      await this.rows.remove(images);
      return images.map(({ id }) => id);
    });
  }

  /** Deletes up to `limit` images of a dataset. @returns how many there were */
  async deleteSome(datasetId: number, limit: number): Promise<number> {
    return this.write(async () => {
      const images = await this.images.page(datasetId, {}, { limit });
      await this.rows.remove(images);
      return images.length;
    });
  }

  private async requireNoImport(datasetId: number): Promise<void> {
    const dataset = await this.datasets.byId(datasetId);
    if (dataset?.status !== 'IMPORTING') return;
    throw new LookalikeError(
      'DATASET_BUSY',
      `Dataset ${dataset.name} is being imported. Delete images when it is READY.`,
    );
  }

  private async write<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.writes.inTurn(work);
    } catch (thrown) {
      throw toldAsDiskFull(thrown);
    }
  }
}

function toldAsDiskFull(thrown: unknown): unknown {
  return isDiskFull(thrown)
    ? new LookalikeError('DISK_FULL', undefined, { cause: thrown })
    : thrown;
}
