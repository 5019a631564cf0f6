import type { Image, MetadataEntry } from '../domain/image.js';
import type { EmbeddingState } from '../domain/model.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';

/** How an image stands under the active model of its dataset; `message` says why it failed. */
export interface ImageEmbedding {
  readonly state: EmbeddingState;
  readonly message: string | null;
}

/** What is known of images beside their rows, for many at a time. */
export class ImageDetails {
  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly embeddings: Embeddings,
  ) {}

  /** Of every image, in order of keys. */
  async metadata(images: readonly Image[]): Promise<(readonly MetadataEntry[])[]> {
    const ids = [...new Set(images.map(({ id }) => id))];
    const entries = await this.images.metadata(ids);
    return images.map(({ id }) => entries.get(id) ?? []);
  }

  /** Of every image; null where its dataset has no active model. */
  async embeddingsOf(images: readonly Image[]): Promise<(ImageEmbedding | null)[]> {
    const found = new Map<number, ImageEmbedding>();
    for (const datasetId of new Set(images.map((image) => image.datasetId))) {
      const dataset = await this.datasets.byId(datasetId);
      if (!dataset || dataset.activeModelId === null) continue;
      const ids = images.filter((image) => image.datasetId === datasetId).map(({ id }) => id);
      const states = await this.embeddings.states(dataset.activeModelId, [...new Set(ids)]);
      for (const [id, state] of states) found.set(id, state);
    }
    return images.map(({ id }) => found.get(id) ?? null);
  }
}
