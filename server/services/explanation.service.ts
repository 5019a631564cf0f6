import { LookalikeError } from '../domain/errors.js';
import { agreementOf, latentGridOf } from '../domain/latent-grid.js';
import type { Model } from '../domain/model.js';
import type { ModelRuntime, RedrawnPicture } from '../ports/model-runtime.js';
import type { ModelService } from './model.service.js';
import type { ExamplePictures } from './search-query-pictures.js';
import type { Example } from './search-query-examples.js';
import type { QueryReader } from './search-query.js';

/** A picture as a model is fed it, and as it redraws it. */
export type SeenPicture = RedrawnPicture;

/** Why an image is like an example. */
export interface Explanation {
  readonly model: Model;
  readonly example: SeenPicture;
  readonly image: SeenPicture;
  /** Cosine similarity of the embeddings. */
  readonly similarity: number;
  readonly rows: number;
  readonly columns: number;
  /** What each cell of the latent grid adds to the similarity, row by row. */
  readonly agreement: readonly number[];
}

/** Shows where two pictures agree for a model. */
export class ExplanationService {
  constructor(
    private readonly models: ModelService,
    private readonly pictures: ExamplePictures,
    private readonly queries: QueryReader,
    private readonly runtime: ModelRuntime,
  ) {}

  /**
   * @param modelId the dataset's active model when null
   * @throws LookalikeError EXPLANATION_IMPOSSIBLE, IMAGE_NOT_FOUND, IMAGE_NOT_EMBEDDED,
   * INVALID_ARGUMENT for a vector, DATASET_NOT_FOUND, NO_ACTIVE_MODEL, MODEL_NOT_FOUND, and as
   * `ModelRuntime.embed`; the signal's reason, between the steps
   */
  async explain(
    datasetId: number,
    example: Example,
    imageId: number,
    modelId: number | null,
    signal?: AbortSignal,
  ): Promise<Explanation> {
    if ('vector' in example) {
      throw new LookalikeError(
        'INVALID_ARGUMENT',
        'A vector shows no picture to explain. Give an image or a file as the example.',
      );
    }
    const model = await this.models.forSearch(datasetId, modelId);
    const grid = latentGridOf(model);
    const image: Example = { imageId, crop: null };
    const one = await this.queries.vectorOf(model, example);
    signal?.throwIfAborted();
    const other = await this.queries.vectorOf(model, image);
    signal?.throwIfAborted();
    const agreement = agreementOf(grid, one, other);
    const redrawnExample = await this.redrawn(model, example);
    signal?.throwIfAborted();
    return {
      model,
      example: redrawnExample,
      image: await this.redrawn(model, image),
      similarity: agreement.reduce((sum, cell) => sum + cell, 0),
      rows: grid.rows,
      columns: grid.columns,
      agreement,
    };
  }

  private async redrawn(model: Model, example: Example): Promise<RedrawnPicture> {
    const picture = await this.pictures.pictureOf(model.datasetId, example);
    const [redrawn] = picture ? await this.runtime.reconstruct(model, [picture]) : [];
    if (!redrawn) throw new LookalikeError('INTERNAL', 'A picture was not redrawn.');
    return redrawn;
  }
}
