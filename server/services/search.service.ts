import type { StopSignal } from '../domain/aborting.js';
import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import { SPLITS, type Split } from '../domain/dataset.js';
import type { Crop, Image, ImageFilter } from '../domain/image.js';
import type { Model, ModelIndex } from '../domain/model.js';
import { MAX_K, type Hit } from '../domain/neighbour.js';
import { shareFarther } from '../domain/quantiles.js';
import type { Images } from '../ports/images.js';
import type { FilterMatches } from './filter-matches.js';
import type { LiveIndex } from './live-index.js';
import { FilteredSearch } from './live-index-search.js';
import type { LiveIndexes } from './live-indexes.js';
import type { ModelService } from './model.service.js';
import type { Example, SearchQuery } from './search-query-examples.js';
import type { QueryReader, ReadQuery } from './search-query.js';

export interface Neighbour extends Hit {
  /** 1 is the nearest. */
  readonly rank: number;
  /** Cosine similarity: 1 same direction, -1 opposite. */
  readonly similarity: number;
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
  /** Tells that nobody waits for the answer any more. */
  readonly signal?: StopSignal | undefined;
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
    const read = await this.queries.read(model, queries, options.signal);
    const { neighbours, indexes } = await this.neighbours(model, read, options);
    return read.map(({ image }, position) => ({
      query: image,
      positives: queries[position]?.positives ?? [],
      neighbours: neighbours[position] ?? [],
      model,
      indexes,
    }));
  }

  /**
   * The images most like an image of a dataset, or a part of it; itself left out. At once where all that
   * it takes is in memory, as mostly: promises would take longer than all the rest.
   * @throws LookalikeError IMAGE_NOT_FOUND, IMAGE_NOT_EMBEDDED, CROP_INVALID, and as `search`
   */
  similarToImage(
    imageId: number,
    options: SearchOptions,
    crop: Crop | null = null,
  ): SimilarImages | Promise<SimilarImages> {
    const answer = crop === null ? this.answerInMemory(imageId, options) : null;
    return answer ?? this.similarToImageInTurn(imageId, options, crop);
  }

  /**
   * What `similarToImageInTurn` would answer now. Null where anything has to be looked up, searched for
   * or refused.
   */
  private answerInMemory(
    imageId: number,
    { k, filter, modelId }: SearchOptions,
  ): SimilarImages | null {
    const [query = null] = this.images.known([imageId]);
    const split = isK(k) ? onlySplitOf(filter) : null;
    const model = query && split && this.models.knownForSearch(query.datasetId, modelId);
    if (!model) return null;
    const index = this.live.loaded(model, split);
    const hits = index?.neighboursOf(imageId, k);
    if (!index?.base || !hits) return null;
    const images = this.images.known(hits.map((hit) => hit.imageId));
    if (!images.every((image) => image !== null)) return null;
    const neighbours = neighboursOf(hits, images, quantilesOf(model));
    const positives = [{ imageId, crop: null }];
    return { query, positives, neighbours, model, indexes: [index.base] };
  }

  private async similarToImageInTurn(
    imageId: number,
    options: SearchOptions,
    crop: Crop | null,
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

  /** The neighbours of each query, with the indexes that they were found in. */
  private async neighbours(model: Model, read: readonly ReadQuery[], options: SearchOptions) {
    const quantiles = quantilesOf(model);
    for (let round = 1; ; round += 1) {
      const { found, indexes } = await this.find(model, read, options);
      const gone = new Set<number>();
      const neighbours: Neighbour[][] = [];
      for (const hits of found) {
        const images = await this.images.byIds(hits.map(({ imageId }) => imageId));
        neighbours.push(neighboursOf(hits, images, quantiles));
        if (images.length === hits.length) continue;
        const present = new Set(images.map(({ id }) => id));
        for (const { imageId } of hits) if (!present.has(imageId)) gone.add(imageId);
      }
      if (gone.size === 0 || round === ROUNDS) return { neighbours, indexes };
      this.matches.forget(model.datasetId);
      this.live.noteRemoved([...gone]);
    }
  }

  private async find(
    model: Model,
    read: readonly ReadQuery[],
    { k, filter, signal }: SearchOptions,
  ): Promise<{ found: Hit[][]; indexes: ModelIndex[] }> {
    const splits: readonly Split[] = filter.split ? [filter.split] : SPLITS;
    // Each index holds one split: that part of the filter is met by the choice of indexes.
    const matches = await this.matches.matching(model.datasetId, { ...filter, split: null });
    const live: LiveIndex[] = [];
    for (const split of splits) live.push(await this.live.get(model, split));
    const search = new FilteredSearch(live, matches);
    const found: Hit[][] = [];
    for (const query of read) {
      if (found.length > 0) await turnOfTheEventLoop(signal);
      found.push(await search.nearest(query, k, signal));
    }
    return { found, indexes: live.flatMap(({ base }) => base ?? []) };
  }
}

/** @param images of the hits, in their order; those that are gone are left out */
function neighboursOf(
  hits: readonly Hit[],
  images: readonly Image[],
  quantiles: readonly number[] | null,
): Neighbour[] {
  const neighbours: Neighbour[] = [];
  hits.forEach((hit, position) => {
    const image = images[neighbours.length];
    if (image?.id !== hit.imageId) return;
    neighbours.push(new FoundImage(hit, position + 1, image, quantiles));
  });
  return neighbours;
}

/** Not every query asks for the percentile, which takes longer than all the rest. */
class FoundImage implements Neighbour {
  readonly imageId: number;
  readonly distance: number;
  readonly similarity: number;

  constructor(
    { imageId, distance }: Hit,
    readonly rank: number,
    readonly image: Image,
    private readonly quantiles: readonly number[] | null,
  ) {
    this.imageId = imageId;
    this.distance = distance;
    this.similarity = 1 - distance;
  }

  get percentile(): number | null {
    return this.quantiles && shareFarther(this.quantiles, this.distance);
  }
}

function queryOf(example: Example): SearchQuery {
  return { positives: [example], negatives: [] };
}

function required(answer: SimilarImages | undefined): SimilarImages {
  if (answer) return answer;
  throw new LookalikeError('INTERNAL', 'A search was not answered.');
}

function quantilesOf({ statistics }: Model): readonly number[] | null {
  return statistics?.distanceQuantiles ?? null;
}

/** The split, where a filter asks for one and nothing else. */
function onlySplitOf({ split, label, metadata, addedFrom, addedBefore }: ImageFilter) {
  const asksForMore = label ?? (metadata?.length || null) ?? addedFrom ?? addedBefore ?? null;
  return asksForMore === null ? (split ?? null) : null;
}

function isK(k: number): boolean {
  return Number.isInteger(k) && k >= 1 && k <= MAX_K;
}

function checkK(k: number): void {
  if (!isK(k)) {
    throw new LookalikeError(
      'K_OUT_OF_RANGE',
      `k must be a whole number from 1 to ${MAX_K}, not ${k}.`,
    );
  }
}
