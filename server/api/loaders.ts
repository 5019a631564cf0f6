import DataLoader from 'dataloader';
import type { Dataset } from '../domain/dataset.js';
import type { Image, MetadataEntry } from '../domain/image.js';
import type { DatasetService } from '../services/dataset.service.js';
import type { ImageDetails, ImageEmbedding } from '../services/image-details.service.js';

/**
 * Gathers what the images of a list ask for one by one, so that a page of 200 costs one question
 * and not 200. Nothing is kept: the next request sees what is then.
 */
export interface ImageLoaders {
  readonly datasets: DataLoader<number, Dataset>;
  readonly metadata: DataLoader<Image, readonly MetadataEntry[]>;
  readonly embeddings: DataLoader<Image, ImageEmbedding | null>;
}

export function createImageLoaders(datasets: DatasetService, details: ImageDetails): ImageLoaders {
  return {
    datasets: loader(async (ids) => {
      const found = new Map<number, Promise<Dataset>>();
      for (const id of ids) if (!found.has(id)) found.set(id, datasets.get(id));
      return Promise.all(ids.map((id) => found.get(id) ?? datasets.get(id)));
    }),
    metadata: loader((images) => details.metadata(images)),
    embeddings: loader((images) => details.embeddingsOf(images)),
  };
}

function loader<K, V>(load: (keys: readonly K[]) => Promise<V[]>): DataLoader<K, V> {
  return new DataLoader<K, V>(load, { cache: false });
}
