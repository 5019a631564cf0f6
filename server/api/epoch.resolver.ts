import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { Image } from '../domain/image.js';
import type { Epoch, EpochReconstruction } from '../domain/training-run.js';
import { ImageService } from '../services/image.service.js';
import { TrainingService } from '../services/training.service.js';
import { EpochNeighboursType, EpochReconstructionType, EpochType } from './epoch.type.js';

@Resolver(() => EpochType)
export class EpochResolver {
  constructor(
    private readonly training: TrainingService,
    private readonly images: ImageService,
  ) {}

  @FieldResolver(() => [EpochReconstructionType], {
    description: 'How the network redraws the probe images after this epoch.',
  })
  async reconstructions(@Root() epoch: Epoch): Promise<EpochReconstructionType[]> {
    const redrawn = await this.training.reconstructions(epoch.runId, epoch.epoch);
    const images = await this.imagesOf(redrawn.map(({ imageId }) => imageId));
    return redrawn.flatMap((picture) => {
      const image = images.get(picture.imageId);
      return image ? [{ ...picture, image }] : [];
    });
  }

  @FieldResolver(() => [EpochNeighboursType], {
    description:
      'What lies nearest to ten probe images after this epoch: one probe image of each label, where ' +
      'there are labels. Images that have been deleted since are left out.',
  })
  async neighbours(@Root() epoch: Epoch): Promise<EpochNeighboursType[]> {
    const found = await this.training.neighbours(epoch.runId, epoch.epoch);
    const images = await this.imagesOf(
      found.flatMap(({ imageId, neighbourIds }) => [imageId, ...neighbourIds]),
    );
    return found.flatMap((each) => {
      const image = images.get(each.imageId);
      const neighbours = each.neighbourIds.flatMap((id) => images.get(id) ?? []);
      return image ? [{ ...each, image, neighbours }] : [];
    });
  }

  private async imagesOf(ids: readonly number[]): Promise<ReadonlyMap<number, Image>> {
    const images = await this.images.byIds([...new Set(ids)]);
    return new Map(images.map((image) => [image.id, image]));
  }
}

@Resolver(() => EpochReconstructionType)
export class EpochReconstructionResolver {
  @FieldResolver(() => String, {
    description: 'Where the redrawn picture is served from, relative to this server.',
  })
  url(@Root() { runId, epoch, imageId, blobId }: EpochReconstruction): string {
    return `/reconstructions/${runId}/${epoch}/${imageId}?v=${blobId.slice(0, 8)}`;
  }
}
