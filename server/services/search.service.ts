import { LookalikeError, notFound } from '../domain/errors.js';
import { SPLITS, type Split } from '../domain/dataset.js';
import type { Image } from '../domain/image.js';
import type { Model, ModelIndex } from '../domain/model.js';
import { MAX_K, nearest, type Hit, type Ranked } from '../domain/neighbour.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { ModelRuntime } from '../ports/model-runtime.js';
import type { LoadedIndexes } from './loaded-indexes.js';
import type { ModelService } from './model.service.js';

export interface Neighbour extends Ranked {
  readonly image: Image;
}

/** The answer to a query, with what it was computed from. */
export interface SimilarImages {
  /** The query, when it is an image of the dataset. */
  readonly query: Image | null;
  readonly neighbours: readonly Neighbour[];
  readonly model: Model;
  /** The indexes that were searched. */
  readonly indexes: readonly ModelIndex[];
}

export interface SearchOptions {
  readonly k: number;
  /** Only images of this split; null searches all. */
  readonly split: Split | null;
  /** The dataset's active model when null. */
  readonly modelId: number | null;
}

/** Answers "which images look like this one". */
export class SearchService {
  constructor(
    private readonly models: ModelService,
    private readonly images: Images,
    private readonly embeddings: Embeddings,
    private readonly indexes: LoadedIndexes,
    private readonly runtime: ModelRuntime,
  ) {}

  /**
   * The images most like an image of a dataset, itself left out.
   * @throws LookalikeError IMAGE_NOT_FOUND, IMAGE_NOT_EMBEDDED, K_OUT_OF_RANGE, NO_ACTIVE_MODEL,
   * MODEL_NOT_FOUND, INDEX_CORRUPT
   */
  async similarToImage(imageId: number, options: SearchOptions): Promise<SimilarImages> {
    checkK(options.k);
    const query = await this.images.byId(imageId);
    if (!query) throw notFound('IMAGE_NOT_FOUND', imageId);
    const model = await this.models.forSearch(query.datasetId, options.modelId);
    const vector = await this.embeddings.find(model.id, imageId);
    if (!vector) {
      throw new LookalikeError(
        'IMAGE_NOT_EMBEDDED',
        `Model ${model.id} has no embedding of image ${imageId}. Train a new model.`,
      );
    }
    return this.search(model, query, vector, options);
  }

  /**
   * The images of a dataset most like a picture file.
   * @throws LookalikeError as `similarToImage`, and as `ModelRuntime.embedUpload`
   */
  async similarToUpload(
    datasetId: number,
    bytes: Uint8Array,
    options: SearchOptions,
  ): Promise<SimilarImages> {
    checkK(options.k);
    const model = await this.models.forSearch(datasetId, options.modelId);
    const vector = await this.runtime.embedUpload(model, bytes);
    return this.search(model, null, vector, options);
  }

  private async search(
    model: Model,
    query: Image | null,
    vector: Float32Array,
    { k, split }: SearchOptions,
  ): Promise<SimilarImages> {
    const splits: readonly Split[] = split ? [split] : SPLITS;
    const indexes = model.indexes.filter((index) => splits.includes(index.split));
    const lists = await Promise.all(
      indexes.map(async (index): Promise<Hit[]> => {
        const loaded = await this.indexes.get(model, index);
        const wanted = query?.split === index.split ? k + 1 : k;
        const hits = loaded.search(vector, wanted, index.efSearch);
        return hits.filter(({ imageId }) => imageId !== query?.id);
      }),
    );
    const ranked = nearest(lists, k);
    const images = new Map(
      (await this.images.byIds(ranked.map(({ imageId }) => imageId))).map((image) => [
        image.id,
        image,
      ]),
    );
    const neighbours = ranked.flatMap((hit) => {
      const image = images.get(hit.imageId);
      return image ? [{ ...hit, image }] : [];
    });
    return { query, neighbours, model, indexes };
  }
}

function checkK(k: number): void {
  if (!Number.isInteger(k) || k < 1 || k > MAX_K) {
    throw new LookalikeError(
      'K_OUT_OF_RANGE',
      `k must be a whole number from 1 to ${MAX_K}, not ${k}.`,
    );
  }
}
