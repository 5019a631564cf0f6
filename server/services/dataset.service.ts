import { checkDatasetName, datasetTitleOf } from '../domain/dataset-name.js';
import type { Dataset, LabelCount, Refusal } from '../domain/dataset.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import { checkImageFilter } from '../domain/image-filter.js';
import type { Image, ImageFilter } from '../domain/image.js';
import { seededRandom } from '../domain/random.js';
import type { Datasets, LabelWindow } from '../ports/datasets.js';
import type { EmbeddingCounts, Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';

/** Makes datasets, and looks into them. */
export class DatasetService {
  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly embeddings: Embeddings,
  ) {}

  list(): Promise<Dataset[]> {
    return this.datasets.list();
  }

  /** @throws LookalikeError DATASET_NOT_FOUND */
  async get(id: number): Promise<Dataset> {
    const dataset = await this.datasets.byId(id);
    if (!dataset) throw notFound('DATASET_NOT_FOUND', id);
    return dataset;
  }

  /** @throws LookalikeError DATASET_NAME_INVALID, DATASET_NAME_TAKEN, INVALID_ARGUMENT */
  async create(name: string, title: string | null): Promise<Dataset> {
    checkDatasetName(name);
    const created = await this.datasets.create(name, datasetTitleOf(name, title));
    if (created) return created;
    throw new LookalikeError(
      'DATASET_NAME_TAKEN',
      `There is a dataset "${name}" already. Choose another name, or add images to that one.`,
    );
  }

  /** Counts the images anew where the end of the process came between a change of them and their count. */
  async settleCounts(): Promise<void> {
    for (const { id, status, importedCount } of await this.datasets.list()) {
      if (status === 'IMPORTING') continue;
      if ((await this.images.count(id, {})) !== importedCount) await this.datasets.recount(id);
    }
  }

  labelCounts(id: number, window: LabelWindow): Promise<LabelCount[]> {
    return this.datasets.labelCounts(id, window);
  }

  /** How many different labels its images bear. */
  countLabels(id: number): Promise<number> {
    return this.datasets.countLabels(id);
  }

  metadataKeys(id: number): Promise<string[]> {
    return this.images.metadataKeys(id);
  }

  /** Counts under the active model; null without one. */
  async embeddingCounts({ id, activeModelId }: Dataset): Promise<EmbeddingCounts | null> {
    return activeModelId === null ? null : this.embeddings.counts(activeModelId, id);
  }

  refusals(id: number, afterName: string | null, limit: number): Promise<Refusal[]> {
    return this.datasets.refusals(id, afterName, limit);
  }

  countRefusals(id: number): Promise<number> {
    return this.datasets.countRefusals(id);
  }

  /** Forgets which files imports did not take. @throws LookalikeError DATASET_NOT_FOUND */
  async clearRefusals(id: number): Promise<Dataset> {
    const dataset = await this.get(id);
    await this.datasets.clearRefusals(id, null);
    return dataset;
  }

  /** Up to `size` different images; the same seed draws the same ones. */
  async sample(id: number, filter: ImageFilter, seed: number, size: number): Promise<Image[]> {
    checkImageFilter(filter);
    const ids = await this.images.ids(id, filter);
    const random = seededRandom(seed);
    const drawn = Math.min(size, ids.length);
    for (let position = 0; position < drawn; position += 1) {
      const other = position + Math.floor(random() * (ids.length - position));
      [ids[position], ids[other]] = [ids[other] ?? 0, ids[position] ?? 0];
    }
    return this.images.byIds(ids.slice(0, drawn));
  }
}
