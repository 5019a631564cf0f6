import GraphQLUpload, { type FileUpload } from 'graphql-upload/GraphQLUpload.mjs';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
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
import { FamiliarityService, type Familiarity } from '../services/familiarity.js';
import {
  SearchService,
  type SearchOptions,
  type SimilarImages,
} from '../services/search.service.js';
import { TrainingService } from '../services/training.service.js';
import type { ApiContext } from './context.js';
import { SplitEnum } from './enums.js';
import { parseId, parseOptionalId } from './ids.js';
import { ImageFilterInput } from './image.type.js';
import { Requires } from './requires.js';
import { CropInput, filterOf, queryOf, SearchQueryInput } from './search.input.js';
import { FamiliarityType, SimilarImagesType } from './search.type.js';
import { TrainingRunType } from './training-run.type.js';
import { readUpload } from './upload.js';

@ArgsType()
class SearchArguments {
  @Field(() => ImageFilterInput, { nullable: true, description: 'Only among these images.' })
  readonly filter?: ImageFilterInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of a model; the active one if not given.',
  })
  readonly modelId?: string | null;
}

@ArgsType()
class ManySearchArguments extends SearchArguments {
  @Field(() => Int, { defaultValue: 10, description: 'How many neighbours each, 1 to 1000.' })
  readonly k!: number;
}

@ArgsType()
class PictureSearchArguments extends SearchArguments {
  @Field(() => Int, { defaultValue: 10, description: 'How many, 1 to 1000.' })
  readonly k!: number;

  @Field(() => SplitEnum, { nullable: true, description: 'Only images of this split.' })
  readonly split?: Split | null;

  @Field(() => CropInput, { nullable: true, description: 'The part of the picture that counts.' })
  readonly crop?: CropInput | null;
}

/** Its file is a promise, as in an input object: by itself, what went wrong with it would be told in no words. */
@ArgsType()
class UploadSearchArguments extends PictureSearchArguments {
  @Field(() => GraphQLUpload, { description: 'The picture.' })
  readonly file!: Promise<FileUpload>;
}

@Resolver(() => SimilarImagesType)
export class SearchResolver {
  constructor(
    private readonly service: SearchService,
    private readonly familiarities: FamiliarityService,
    private readonly training: TrainingService,
  ) {}

  @Requires('SEARCH')
  @Query(() => [SimilarImagesType], {
    description:
      'Many queries at once, answered in their order; images of a query are left out of its ' +
      'answer. There are always min(k, images that meet the filter) neighbours. Errors: ' +
      'QUERY_EMPTY, VECTOR_INVALID, CROP_INVALID, INVALID_ARGUMENT, and those of ' +
      '`similarImages` and `similarImagesToUpload`.',
  })
  search(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Arg('queries', () => [SearchQueryInput], { description: '1 to 50 queries.' })
    queries: SearchQueryInput[],
    @Args() options: ManySearchArguments,
    @Ctx() context: ApiContext,
  ): Promise<SimilarImages[]> {
    const asked = optionsOf(options, context);
    return this.service.search(parseId(datasetId), queries.map(queryOf), asked);
  }

  @Requires('SEARCH')
  @Query(() => SimilarImagesType, {
    description:
      'The images most like an image of a dataset, which itself is left out. Errors: ' +
      'IMAGE_NOT_FOUND, IMAGE_NOT_EMBEDDED, K_OUT_OF_RANGE, NO_ACTIVE_MODEL, MODEL_NOT_FOUND, ' +
      'DATASET_NOT_FOUND, INDEX_CORRUPT.',
  })
  similarImages(
    @Arg('imageId', () => ID, { description: 'Id of the query image.' }) imageId: string,
    @Args() options: PictureSearchArguments,
    @Ctx() context: ApiContext,
  ): SimilarImages | Promise<SimilarImages> {
    const { crop, split } = options;
    const asked = optionsOf(options, context, split);
    return this.service.similarToImage(parseId(imageId), asked, crop ?? null);
  }

  @Requires('SEARCH')
  @Query(() => SimilarImagesType, {
    description:
      'The images of a dataset most like a picture file (JPEG, PNG, WebP, AVIF, GIF or TIFF), sent as a GraphQL ' +
      'multipart request. Errors: DATASET_NOT_FOUND, UPLOAD_NOT_AN_IMAGE, ' +
      'UPLOAD_TOO_LARGE, and those of `similarImages`.',
  })
  async similarImagesToUpload(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Args() options: UploadSearchArguments,
    @Ctx() context: ApiContext,
  ): Promise<SimilarImages> {
    const { file, crop, split } = options;
    return this.service.similarToUpload(
      parseId(datasetId),
      await readUpload(file),
      optionsOf(options, context, split),
      crop ?? null,
    );
  }

  @FieldResolver(() => TrainingRunType, { description: 'The run that trained the model.' })
  run(@Root() { model }: SimilarImages): Promise<TrainingRun> {
    return this.training.get(model.id);
  }

  @FieldResolver(() => [FamiliarityType], {
    description:
      'How usual the pictures of the query are for the model, one each; computed when asked for.',
  })
  familiarity(
    @Root() { model, positives }: SimilarImages,
    @Ctx() { signal }: ApiContext,
  ): Promise<Familiarity[]> {
    return this.familiarities.of(model, positives, signal);
  }
}

function optionsOf(
  { k, filter, modelId }: ManySearchArguments,
  context: ApiContext,
  split?: Split | null,
): SearchOptions {
  const signal = context.time;
  return { k, filter: filterOf(filter, split), modelId: parseOptionalId(modelId), signal };
}
