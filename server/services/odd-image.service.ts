import type { Dataset } from '../domain/dataset.js';
import type { Image } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import { familiarityOf, type Familiarity } from './familiarity.js';
import type { ModelService } from './model.service.js';

/** An image that a model redraws badly. */
export interface OddImage extends Omit<Familiarity, 'unusual'> {
  readonly image: Image;
  /** The one that redraws it so. */
  readonly model: Model;
}

/** Finds the images that fit least to the others of their dataset. */
export class OddImageService {
  constructor(
    private readonly models: ModelService,
    private readonly images: Images,
    private readonly embeddings: Embeddings,
  ) {}

  /** Those that the active model redraws worst, worst first; none without one. */
  async list(
    { activeModelId }: Pick<Dataset, 'activeModelId'>,
    offset: number,
    limit: number,
  ): Promise<OddImage[]> {
    const model = activeModelId === null ? null : await this.models.find(activeModelId);
    if (!model) return [];
    const worst = await this.embeddings.worstRedrawn(model.id, offset, limit);
    const found = await this.images.byIds(worst.map(({ imageId }) => imageId));
    const images = new Map(found.map((image) => [image.id, image]));
    return worst.flatMap(({ imageId, reconstructionError }) => {
      const image = images.get(imageId);
      const { percentile } = familiarityOf(model.statistics, reconstructionError);
      return image ? [{ image, model, reconstructionError, percentile }] : [];
    });
  }
}
