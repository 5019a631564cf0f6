import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import { SPLITS, type Split } from '../domain/dataset.js';
import type { Crop, Image, ImageFilter } from '../domain/image.js';
import type { Model, ModelIndex } from '../domain/model.js';
import { MAX_K, type Ranked } from '../domain/neighbour.js';
import { shareFarther } from '../domain/quantiles.js';
import type { Images } from '../ports/images.js';
import type { FilterMatches } from './filter-matches.js';
import { FilteredSearch } from './live-index-search.js';
import type { LiveIndexes } from './live-indexes.js';
import type { ModelService } from './model.service.js';
import type { Example, SearchQuery } from './search-query-examples.js';
import type { QueryReader, ReadQuery } from './search-query.js';

export interface Neighbour extends Ranked {
  readonly image: Image;
  /** Share of random pairs of TRAIN images that are farther apart; null where nobody measured it. */
  readonly percentile: number | null;
}

/** The answer to a query, with what it was computed from. */
export interface SimilarImages {
  /** The query, when it is an image of the dataset. */
  readonly query: Image | null;
  /** What the answers were to be like. */
  readonly positives: readonly Example[];
  readonly neighbours: readonly Neighbour[];
  readonly model: Model;
  /** The indexes that were searched. */
  readonly indexes: readonly ModelIndex[];
}

export interface SearchOptions {
  readonly k: number;
  /** Only among these images. */
  readonly filter: ImageFilter;
  /** The dataset's active model when null. */
  readonly modelId: number | null;
}

/** An image found that is gone by the time it is looked up is left out, and sought for once more. */
const ROUNDS = 3;

/** Answers "which images look like this one". */
export class SearchService {
  constructor(
    private readonly models: ModelService,
    private readonly images: Images,
    private readonly live: LiveIndexes,
    private readonly matches: FilterMatches,
    private readonly queries: QueryReader,
  ) {}

  /**
   * The answers to 1 to 50 queries, in their order, each without the images of its query: always
   * as many as there are embedded images that meet the filter, up to k.
   * @throws LookalikeError DATASET_NOT_FOUND, K_OUT_OF_RANGE, NO_ACTIVE_MODEL, MODEL_NOT_FOUND,
   * INDEX_CORRUPT, and as `QueryReader.read`
   */
  async search(
    datasetId: number,
    queries: readonly SearchQuery[],
    options: SearchOptions,
  ): Promise<SimilarImages[]> {
    checkK(options.k);
    const model = await this.models.forSearch(datasetId, options.modelId);
    const read = await this.queries.read(model, queries);
    const { ranked, images, indexes } = await this.answer(model, read, options);
    const quantiles = model.statistics?.distanceQuantiles;
    return read.map(({ image }, position) => ({
      query: image,
      positives: queries[position]?.positives ?? [],
      neighbours: neighboursOf(ranked[position] ?? [], images, quantiles),
      model,
      indexes,
    }));
  }

  /**
   * The images most like an image of a dataset, or a part of it; itself left out.
   * @throws LookalikeError IMAGE_NOT_FOUND, IMAGE_NOT_EMBEDDED, CROP_INVALID, and as `search`
   */
  async similarToImage(
    imageId: number,
    options: SearchOptions,
    crop: Crop | null = null,
  ): Promise<SimilarImages> {
    checkK(options.k);
    const query = await this.images.byId(imageId);
    if (!query) throw notFound('IMAGE_NOT_FOUND', imageId);
    return this.searchOne(query.datasetId, { imageId, crop }, options);
  }

  /**
   * The images of a dataset most like a picture file, or a part of it.
   * @throws LookalikeError as `search`, and as `ModelRuntime.embed`
   */
  similarToUpload(
    datasetId: number,
    bytes: Uint8Array,
    options: SearchOptions,
    crop: Crop | null = null,
  ): Promise<SimilarImages> {
    return this.searchOne(datasetId, { bytes: () => Promise.resolve(bytes), crop }, options);
  }

  private async searchOne(
    datasetId: number,
    example: Example,
    options: SearchOptions,
  ): Promise<SimilarImages> {
    const [answer] = await this.search(datasetId, [queryOf(example)], options);
    return required(answer);
  }

  private async answer(model: Model, read: readonly ReadQuery[], options: SearchOptions) {
    for (let round = 1; ; round += 1) {
      const { ranked, indexes } = await this.rank(model, read, options);
      const ids = [...new Set(ranked.flat().map(({ imageId }) => imageId))];
      const found = await this.images.byIds(ids);
      const images = new Map(found.map((image) => [image.id, image]));
      const gone = ids.filter((id) => !images.has(id));
      if (gone.length === 0 || round === ROUNDS) return { ranked, images, indexes };
      this.matches.forget(model.datasetId);
      this.live.noteRemoved(gone);
    }
  }

  private async rank(
    model: Model,
    read: readonly ReadQuery[],
    { k, filter }: SearchOptions,
  ): Promise<{ ranked: Ranked[][]; indexes: ModelIndex[] }> {
    const splits: readonly Split[] = filter.split ? [filter.split] : SPLITS;
    // Each index holds one split: that part of the filter is met by the choice of indexes.
    const matches = await this.matches.matching(model.datasetId, { ...filter, split: null });
    const live = await Promise.all(splits.map((split) => this.live.get(model, split)));
    const search = new FilteredSearch(live, matches);
    const ranked: Ranked[][] = [];
    for (const { vector, imageIds } of read) {
      if (ranked.length > 0) await turnOfTheEventLoop();
      ranked.push(await search.nearest(vector, k, imageIds));
    }
    return { ranked, indexes: live.flatMap(({ base }) => base ?? []) };
  }
}

/** Every neighbour made at one stroke: spreading a hit into it takes as long as all else here. */
function neighboursOf(
  ranked: readonly Ranked[],
  images: ReadonlyMap<number, Image>,
  quantiles: readonly number[] | undefined,
): Neighbour[] {
  const neighbours: Neighbour[] = [];
  for (const { imageId, distance, rank, similarity } of ranked) {
    const image = images.get(imageId);
    const percentile = quantiles ? shareFarther(quantiles, distance) : null;
    if (image) neighbours.push({ imageId, distance, rank, similarity, image, percentile });
  }
  return neighbours;
}

function queryOf(example: Example): SearchQuery {
  return { positives: [example], negatives: [] };
}

function required(answer: SimilarImages | undefined): SimilarImages {
  if (answer) return answer;
  throw new LookalikeError('INTERNAL', 'A search was not answered.');
}

function checkK(k: number): void {
  if (!Number.isInteger(k) || k < 1 || k > MAX_K) {
    throw new LookalikeError(
      'K_OUT_OF_RANGE',
      `k must be a whole number from 1 to ${MAX_K}, not ${k}.`,
    );
  }
}
