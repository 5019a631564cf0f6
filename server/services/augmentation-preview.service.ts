import type { Hyperparameters } from '../domain/architecture.js';
import { augmentationOf } from '../domain/augmentation.js';
import { inBatchesOfSize } from '../domain/batches.js';
import type { Image } from '../domain/image.js';
import type { GivenInput } from '../domain/input-spec.js';
import { mixSeeds } from '../domain/random.js';
import type {
  AugmentationQuery,
  AugmentationRuntime,
  AugmentedPicture,
} from '../ports/augmentation.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { TrainingService } from './training.service.js';

/** Images that are shown. */
const SHOWN = 10;
/** Bytes of files that are in memory together on their way to the other process. */
const SENT_AT_A_TIME = 16 * 1024 * 1024;

export interface AugmentedImage extends AugmentedPicture {
  readonly image: Image;
}

/** Shows what the dials of a training would do to the images of a dataset. */
export class AugmentationPreviewService {
  constructor(
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly training: TrainingService,
    private readonly runtime: AugmentationRuntime,
  ) {}

  /**
   * The first ten TRAIN images, each with some copies as training might alter it; the same ones for the
   * same dials. None where the architecture learns from the pictures as they are.
   * @throws LookalikeError as `TrainingService.start`, BLOB_MISSING, BLOB_CORRUPT, EMBEDDER_CRASHED,
   * EMBEDDER_TIMEOUT; the signal's reason, between the batches
   */
  async preview(
    datasetId: number,
    architecture: string,
    given: Hyperparameters,
    givenInput: GivenInput | null,
    copies: number,
    signal?: AbortSignal,
  ): Promise<AugmentedImage[]> {
    const prepared = await this.training.prepare(datasetId, architecture, given, givenInput);
    const { hyperparameters, input } = prepared;
    const augmentation = augmentationOf(hyperparameters);
    if (!augmentation) return [];
    const images = await this.images.page(datasetId, { split: 'TRAIN' }, { limit: SHOWN });
    const order = { input, augmentation, copies };
    const shown: AugmentedImage[] = [];
    for (const group of inBatchesOfSize(images, ({ byteLength }) => byteLength, SENT_AT_A_TIME)) {
      signal?.throwIfAborted();
      const queries = await this.queriesOf(group, hyperparameters['seed'] ?? 0);
      const pictures = await this.runtime.augment(order, queries);
      shown.push(
        ...group.flatMap((image, place) => {
          const picture = pictures[place];
          return picture ? [{ ...picture, image }] : [];
        }),
      );
    }
    return shown;
  }

  /** Each image has a seed of its own: it is altered alike whichever others are there. */
  private async queriesOf(images: readonly Image[], seed: number): Promise<AugmentationQuery[]> {
    const files = await this.blobs.getMany(images.map(({ blobId }) => blobId));
    return images.map(({ id, format, width, height, channels }, place) => ({
      picture: { format, width, height, channels, bytes: files[place] ?? new Uint8Array() },
      crop: null,
      seed: mixSeeds(seed, id),
    }));
  }
}
