import type { Dataset, LabelCount } from '../domain/dataset.js';
import { notFound } from '../domain/errors.js';
import type { Image, ImageFilter } from '../domain/image.js';
import { seededRandom } from '../domain/random.js';
import type { Datasets } from '../ports/datasets.js';
import type { Images } from '../ports/images.js';

/** Looks into datasets. */
export class DatasetService {
  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
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

  labelCounts(id: number): Promise<LabelCount[]> {
    return this.datasets.labelCounts(id);
  }

  /** Up to `size` different images; the same seed draws the same ones. */
  async sample(id: number, filter: ImageFilter, seed: number, size: number): Promise<Image[]> {
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
