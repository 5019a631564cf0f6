import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { ExplanationService, type SeenPicture } from '../services/explanation.service.js';
import type { ApiContext } from './context.js';
import { ExplanationType, type SeenPictureType } from './explanation.type.js';
import { parseId, parseOptionalId } from './ids.js';
import { Requires } from './requires.js';
import { ExampleInput, exampleOf } from './search.input.js';

@Resolver(() => ExplanationType)
export class ExplanationResolver {
  constructor(private readonly service: ExplanationService) {}

  @Requires('SEARCH')
  @Query(() => ExplanationType, {
    description:
      'Why an image is like an example: how the model sees both, and where they agree. Errors: ' +
      'IMAGE_NOT_FOUND, IMAGE_NOT_EMBEDDED, EXPLANATION_IMPOSSIBLE, and those of `search`.',
  })
  async explainNeighbour(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Arg('example', () => ExampleInput, { description: 'The example: an image or a file.' })
    example: ExampleInput,
    @Arg('imageId', () => ID, { description: 'Id of the image it is compared with.' })
    imageId: string,
    @Arg('modelId', () => ID, {
      nullable: true,
      description: 'Id of a model; the active one if not given.',
    })
    modelId: string | null | undefined,
    @Ctx() { signal }: ApiContext,
  ): Promise<ExplanationType> {
    const explanation = await this.service.explain(
      parseId(datasetId),
      exampleOf(example),
      parseId(imageId),
      parseOptionalId(modelId),
      signal,
    );
    return {
      ...explanation,
      example: shown(explanation.example),
      image: shown(explanation.image),
    };
  }
}

function shown({ input, png, meanSquaredError }: SeenPicture): SeenPictureType {
  return {
    inputUrl: dataUrl(input),
    reconstructionUrl: dataUrl(png),
    reconstructionError: meanSquaredError,
  };
}

function dataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
