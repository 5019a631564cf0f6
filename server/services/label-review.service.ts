import { SPLITS, type Split } from '../domain/dataset.js';
import type { Image } from '../domain/image.js';
import type { Images } from '../ports/images.js';
import type { FilterMatches } from './filter-matches.js';
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

interface Kept {
  readonly stamp: string;
  readonly review: Promise<LabelReview>;
}

/** Proposes labels by what neighbours bear; a look is kept until the images or the model change. */
export class LabelReviewService {
  private readonly kept = new Map<number, Kept>();

  constructor(
    private readonly models: ModelService,
    private readonly images: Images,
    private readonly live: LiveIndexes,
    matches: FilterMatches,
  ) {
    matches.onForget((datasetId) => this.kept.delete(datasetId));
  }

  /**
   * Labelled images whose neighbours favour another label, the strongest first.
   * @throws LookalikeError DATASET_NOT_FOUND, NO_ACTIVE_MODEL, INDEX_CORRUPT
   */
  async suspectedErrors(datasetId: number, window: LabelWindow): Promise<LabelSuggestionPage> {
    const review = await this.review(datasetId);
    return this.page(review, review.errors, window);
  }

  /** Images without a label, with the one that their neighbours propose. @throws as above */
  async suggestions(datasetId: number, window: LabelWindow): Promise<LabelSuggestionPage> {
    const review = await this.review(datasetId);
    return this.page(review, review.suggestions, window);
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

  private async review(datasetId: number): Promise<LabelReview> {
    const model = await this.models.forSearch(datasetId, null);
    const indexes = await Promise.all(SPLITS.map((split) => this.live.get(model, split)));
    // What is embedded in the background goes into the indexes, and nobody else is told.
    const stamp = [model.id, ...indexes.map(({ size }) => size)].join(' ');
    const known = this.kept.get(datasetId);
    if (known?.stamp === stamp) return known.review;
    const review = LabelReview.of(model, this.images, this.live);
    const kept = { stamp, review };
    this.kept.set(datasetId, kept);
    review.catch(() => {
      if (this.kept.get(datasetId) === kept) this.kept.delete(datasetId);
    });
    return review;
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
