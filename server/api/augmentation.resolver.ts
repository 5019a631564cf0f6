import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { AugmentationPreviewService } from '../services/augmentation-preview.service.js';
import { HyperparameterInput } from './architecture.type.js';
import { AugmentedImageType } from './augmentation.type.js';
import type { ApiContext } from './context.js';
import { parseId, requireRange } from './ids.js';
import { InputSpecInput } from './model.type.js';
import { Requires } from './requires.js';

const MOST_COPIES = 8;

@Resolver(() => AugmentedImageType)
export class AugmentationResolver {
  constructor(private readonly previews: AugmentationPreviewService) {}

  @Requires('ADMIN')
  @Query(() => [AugmentedImageType], {
    description:
      'What a training with these dials would make of the first ten TRAIN images: the same pictures for the ' +
      'same dials. Empty where the architecture learns from the pictures as they are. ' +
      'Errors: DATASET_NOT_FOUND, DATASET_NOT_READY, ARCHITECTURE_NOT_FOUND, HYPERPARAMETER_INVALID, ' +
      'INPUT_INVALID, INVALID_ARGUMENT.',
  })
  async augmentationPreview(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Arg('architecture', () => String, { description: 'Name of the architecture.' })
    architecture: string,
    @Arg('hyperparameters', () => [HyperparameterInput], {
      defaultValue: [],
      description: 'Hyper-parameters that differ from their defaults.',
    })
    hyperparameters: HyperparameterInput[],
    @Arg('input', () => InputSpecInput, {
      nullable: true,
      description: 'What the network is fed; proposed from the images if not given.',
    })
    input: InputSpecInput | null | undefined,
    @Arg('copies', () => Int, { defaultValue: 4, description: 'Copies of each image, 1 to 8.' })
    copies: number,
    @Ctx() { signal }: ApiContext,
  ): Promise<AugmentedImageType[]> {
    const shown = await this.previews.preview(
      parseId(datasetId),
      architecture,
      Object.fromEntries(hyperparameters.map(({ name, value }) => [name, value])),
      input ?? null,
      requireRange('copies', copies, 1, MOST_COPIES),
      signal,
    );
    return shown.map(({ image, input: fed, copies: altered }) => ({
      image,
      inputUrl: pngUrl(fed),
      copyUrls: altered.map(pngUrl),
    }));
  }
}

function pngUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
