import { inBatches } from '../domain/batches.js';
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
/** Pictures that are in memory together on their way to the model. */
const PICTURES_AT_A_TIME = 8;

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
  async of(model: Model, examples: readonly Example[]): Promise<Familiarity[]> {
    const known = await this.knownErrors(model, examples);
    const errors: number[] = [];
    for (const batch of inBatches(examples, PICTURES_AT_A_TIME)) {
      const each = batch.map((example) => this.errorOf(model, example, known));
      errors.push(...(await Promise.all(each)).flatMap((error) => error ?? []));
    }
    return errors.map((error) => familiarityOf(model.statistics, error));
  }

  /** What was measured when the image was embedded, by image id. */
  private async knownErrors(
    model: Model,
    examples: readonly Example[],
  ): Promise<Map<number, number>> {
    const ids = examples.flatMap((each) => ('imageId' in each && !each.crop ? [each.imageId] : []));
    const stored = await this.embeddings.findMany(model.id, [...new Set(ids)]);
    return new Map(
      stored.flatMap(({ imageId, reconstructionError }) =>
        reconstructionError === null ? [] : [[imageId, reconstructionError] as const],
      ),
    );
  }

  private async errorOf(
    model: Model,
    example: Example,
    known: ReadonlyMap<number, number>,
  ): Promise<number | null> {
    const stored = 'imageId' in example && !example.crop ? known.get(example.imageId) : undefined;
    if (stored !== undefined) return stored;
    const picture = await this.pictures.pictureOf(model.datasetId, example);
    if (!picture) return null;
    const [redrawn] = await this.runtime.reconstruct(model, [picture]);
    return redrawn?.meanSquaredError ?? null;
  }
}

/** What an error means against those of the training images. */
export function familiarityOf(
  statistics: ModelStatistics | null,
  reconstructionError: number,
): Familiarity {
  const quantiles = statistics?.errorQuantiles ?? [];
  const largest = quantiles.at(-1);
  if (largest === undefined) return { reconstructionError, percentile: null, unusual: false };
  const percentile = shareBelow(quantiles, reconstructionError);
  const unusual = reconstructionError > largest || percentile >= UNUSUAL_SHARE;
  return { reconstructionError, percentile, unusual };
}
