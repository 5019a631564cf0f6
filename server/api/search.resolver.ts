import GraphQLUpload, { type FileUpload } from 'graphql-upload/GraphQLUpload.mjs';
import {
  Arg,
  Args,
  ArgsType,
  Field,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Split } from '../domain/dataset.js';
import type { TrainingRun } from '../domain/training-run.js';
import {
  SearchService,
  type SearchOptions,
  type SimilarImages,
} from '../services/search.service.js';
import { TrainingService } from '../services/training.service.js';
import { SplitEnum } from './enums.js';
import { parseId, parseOptionalId } from './ids.js';
import { SimilarImagesType } from './search.type.js';
import { TrainingRunType } from './training-run.type.js';
import { readUpload } from './upload.js';

@ArgsType()
class SearchArguments {
  @Field(() => Int, { defaultValue: 10, description: 'How many, 1 to 1000.' })
  readonly k!: number;

  @Field(() => SplitEnum, { nullable: true, description: 'Only images of this split.' })
  readonly split?: Split | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of a model; the active one if not given.',
  })
  readonly modelId?: string | null;
}

@Resolver(() => SimilarImagesType)
export class SearchResolver {
  constructor(
    private readonly search: SearchService,
    private readonly training: TrainingService,
  ) {}

  @Query(() => SimilarImagesType, {
    description:
      'The images most like an image of a dataset, which itself is left out. Errors: ' +
      'IMAGE_NOT_FOUND, IMAGE_NOT_EMBEDDED, K_OUT_OF_RANGE, NO_ACTIVE_MODEL, MODEL_NOT_FOUND, ' +
      'INDEX_CORRUPT.',
  })
  similarImages(
    @Arg('imageId', () => ID, { description: 'Id of the query image.' }) imageId: string,
    @Args() options: SearchArguments,
  ): Promise<SimilarImages> {
    return this.search.similarToImage(parseId(imageId), optionsOf(options));
  }

  @Query(() => SimilarImagesType, {
    description:
      'The images of a dataset most like a picture file (JPEG, PNG or WebP), sent as a GraphQL ' +
      'multipart request. Errors: DATASET_NOT_FOUND, UPLOAD_NOT_AN_IMAGE, ' +
      'UPLOAD_TOO_LARGE, and those of `similarImages`.',
  })
  async similarImagesToUpload(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Arg('file', () => GraphQLUpload, { description: 'The picture.' }) file: FileUpload,
    @Args() options: SearchArguments,
  ): Promise<SimilarImages> {
    return this.search.similarToUpload(
      parseId(datasetId),
      await readUpload(file),
      optionsOf(options),
    );
  }

  @FieldResolver(() => TrainingRunType, { description: 'The run that trained the model.' })
  run(@Root() { model }: SimilarImages): Promise<TrainingRun> {
    return this.training.get(model.id);
  }
}

function optionsOf({ k, split, modelId }: SearchArguments): SearchOptions {
  return { k, split: split ?? null, modelId: parseOptionalId(modelId) };
}
