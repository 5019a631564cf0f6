import { SPLITS, type Split } from '../domain/dataset.js';
import type { Image } from '../domain/image.js';
import type { Images } from '../ports/images.js';
import type { FilterMatches } from './filter-matches.js';
import { labelsOfImages } from './image-labels.js';
import { LabelLooks, type LookOrder } from './label-looks.js';
import { LabelReview, type ProposedLabel } from './label-review.js';
import type { LiveIndexes } from './live-indexes.js';
import type { ModelService } from './model.service.js';

/** A label that is proposed for an image, with what it takes to say why. */
export interface LabelSuggestion {
  readonly image: Image;
  readonly suggestedLabel: string;
  /** See `ProposedLabel`. */
  readonly confidence: number;
  readonly review: LabelReview;
}

export interface LabelSuggestionPage {
  readonly totalCount: number;
  readonly suggestions: readonly LabelSuggestion[];
}

/** An image that voted. */
export interface LabelNeighbour {
  readonly image: Image;
  /** Cosine similarity. */
  readonly similarity: number;
}

/** Which proposals, and which page of them. */
export interface LabelWindow {
  readonly split: Split | null;
  readonly minConfidence: number;
  readonly offset: number;
  readonly limit: number;
}

/**
 * Proposes labels by what neighbours bear. While a new look goes on after a change, what the last one said
 * is told on, less what bears the proposed label by now.
 */
export class LabelReviewService {
  private readonly looks = new LabelLooks<LabelReview>();

  constructor(
    private readonly models: ModelService,
    private readonly images: Images,
    private readonly live: LiveIndexes,
    matches: FilterMatches,
  ) {
    matches.onForget((datasetId) => this.looks.outdate(datasetId));
  }

  /**
   * Labelled images whose neighbours favour another label, the strongest first.
   * @throws LookalikeError DATASET_NOT_FOUND, NO_ACTIVE_MODEL, INDEX_CORRUPT
   */
  async suspectedErrors(
    datasetId: number,
    window: LabelWindow,
    signal?: AbortSignal,
  ): Promise<LabelSuggestionPage> {
    const { review, labels } = await this.review(datasetId, signal);
    const isSuspected = ({ imageId, label }: ProposedLabel) =>
      !labels || (labels.has(imageId) && labels.get(imageId) !== label);
    return this.page(review, review.errors.filter(isSuspected), window);
  }

  /** Images without a label, with the one that their neighbours propose. @throws as above */
  async suggestions(
    datasetId: number,
    window: LabelWindow,
    signal?: AbortSignal,
  ): Promise<LabelSuggestionPage> {
    const { review, labels } = await this.review(datasetId, signal);
    const isWithout = ({ imageId }: ProposedLabel) => !labels?.has(imageId);
    return this.page(review, review.suggestions.filter(isWithout), window);
  }

  /** How far the look through a dataset is, 0 to 1; null where none goes on. */
  progress(datasetId: number): number | null {
    return this.looks.progress(datasetId);
  }

  /** Those that voted, the nearest first, without images that are gone by now. */
  async neighbours({ review, image }: LabelSuggestion): Promise<LabelNeighbour[]> {
    const hits = review.neighboursOf(image.id);
    const found = await this.images.byIds(hits.map(({ imageId }) => imageId));
    const images = new Map(found.map((each) => [each.id, each]));
    return hits.flatMap(({ imageId, distance }) => {
      const neighbour = images.get(imageId);
      return neighbour ? [{ image: neighbour, similarity: 1 - distance }] : [];
    });
  }

  /** What the newest look says; with the labels of now where these are not what it has seen. */
  private async review(
    datasetId: number,
    signal: AbortSignal | undefined,
  ): Promise<{
    readonly review: LabelReview;
    readonly labels: ReadonlyMap<number, string> | null;
  }> {
    const model = await this.models.forSearch(datasetId, null);
    const indexes = await Promise.all(SPLITS.map((split) => this.live.get(model, split)));
    const order: LookOrder<LabelReview> = {
      ...{ datasetId, modelId: model.id },
      // What is embedded in the background goes into the indexes, and nobody else is told.
      stamp: indexes.map(({ size }) => size).join(' '),
      begin: (...told) => LabelReview.of(model, this.images, this.live, ...told),
    };
    const { review, isCurrent } = await this.looks.latest(order, signal);
    return { review, labels: isCurrent ? null : await labelsOfImages(this.images, datasetId) };
  }

  private async page(
    review: LabelReview,
    proposed: readonly ProposedLabel[],
    { split, minConfidence, offset, limit }: LabelWindow,
  ): Promise<LabelSuggestionPage> {
    const wanted = proposed.filter(
      (each) => each.confidence >= minConfidence && (split === null || each.split === split),
    );
    const shown = wanted.slice(offset, offset + limit);
    const found = await this.images.byIds(shown.map(({ imageId }) => imageId));
    const images = new Map(found.map((image) => [image.id, image]));
    return {
      totalCount: wanted.length,
      suggestions: shown.flatMap(({ imageId, label, confidence }) => {
        const image = images.get(imageId);
        return image ? [{ image, suggestedLabel: label, confidence, review }] : [];
      }),
    };
  }
}
