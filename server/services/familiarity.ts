import type { Model, ModelStatistics } from '../domain/model.js';
import { shareBelow } from '../domain/quantiles.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { ModelRuntime } from '../ports/model-runtime.js';
import type { ExamplePictures } from './search-query-pictures.js';
import type { Example } from './search-query-examples.js';

/** How usual a picture is for a model: one it redraws badly is unlike what it was trained on. */
export interface Familiarity {
  /** Mean squared error over pixels scaled to 0..1. */
  readonly reconstructionError: number;
  /** Share of training images that are redrawn better; null where nobody measured it. */
  readonly percentile: number | null;
  readonly unusual: boolean;
}

/** So large a share of the training images is redrawn better than what is unusual. */
const UNUSUAL_SHARE = 0.995;

/** Tells how usual the pictures of a query are. */
export class FamiliarityService {
  constructor(
    private readonly pictures: ExamplePictures,
    private readonly embeddings: Embeddings,
    private readonly runtime: ModelRuntime,
  ) {}

  /**
   * One for each example that is a picture, in their order; none for vectors.
   * @throws LookalikeError as `ModelRuntime.reconstruct`; IMAGE_NOT_FOUND, BLOB_MISSING
   */
  async of(
    model: Model,
    examples: readonly Example[],
    signal?: AbortSignal,
  ): Promise<Familiarity[]> {
    const errors = await this.knownErrors(model, examples);
    const others = examples.filter((example) => !errors.has(example));
    for await (const batch of this.pictures.batches(model.datasetId, others)) {
      signal?.throwIfAborted();
      const pictures = batch.map(({ picture }) => picture);
      const redrawn = await this.runtime.reconstruct(model, pictures);
      batch.forEach(({ example }, position) => {
        const error = redrawn[position]?.meanSquaredError;
        if (error !== undefined) errors.set(example, error);
      });
    }
    const told = examples.flatMap((example) => errors.get(example) ?? []);
    return told.map((error) => familiarityOf(model.statistics, error));
  }

  /** What was measured when the images among the examples were embedded. */
  private async knownErrors(
    model: Model,
    examples: readonly Example[],
  ): Promise<Map<Example, number>> {
    const ids = examples.flatMap((each) => ('imageId' in each && !each.crop ? [each.imageId] : []));
    const stored = await this.embeddings.findMany(model.id, [...new Set(ids)]);
    const known = new Map(stored.map((each) => [each.imageId, each.reconstructionError]));
    return new Map(
      examples.flatMap((example) => {
        const isWhole = 'imageId' in example && !example.crop;
        const error = isWhole ? known.get(example.imageId) : undefined;
        return typeof error === 'number' ? [[example, error] as const] : [];
      }),
    );
  }
}

/** What an error means against those of the training images. */
export function familiarityOf(
  statistics: ModelStatistics | null,
  reconstructionError: number,
): Familiarity {
  const quantiles = statistics?.errorQuantiles ?? [];
  if (quantiles.length === 0) return { reconstructionError, percentile: null, unusual: false };
  const percentile = shareBelow(quantiles, reconstructionError);
  return { reconstructionError, percentile, unusual: percentile >= UNUSUAL_SHARE };
}
