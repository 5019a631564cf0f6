import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { LookalikeError } from '../domain/errors.js';
import { ImageWriter } from '../services/image-writer.js';
import {
  LabelReviewService,
  type LabelNeighbour,
  type LabelSuggestion,
  type LabelSuggestionPage,
  type LabelWindow,
} from '../services/label-review.service.js';
import type { ApiContext } from './context.js';
import { parseId, requireRange } from './ids.js';
import {
  AcceptedLabels,
  ImageLabelInput,
  LabelNeighbourType,
  LabelSuggestionPageType,
  LabelSuggestionType,
  LabelWindowArguments,
} from './label-review.type.js';
import { Requires } from './requires.js';

const MAX_PAGE = 1000;
const MAX_ACCEPTED = 5000;
const ERRORS = 'Errors: DATASET_NOT_FOUND, NO_ACTIVE_MODEL, INVALID_ARGUMENT.';

@Resolver(() => LabelSuggestionType)
export class LabelReviewResolver {
  constructor(
    private readonly service: LabelReviewService,
    private readonly writer: ImageWriter,
  ) {}

  @Requires('SEARCH')
  @Query(() => LabelSuggestionPageType, {
    description:
      'Labelled images whose ten nearest labelled TRAIN images, under the active model, favour another ' +
      `label: mistakes, perhaps; the strongest first. ${ERRORS}`,
  })
  suspectedLabelErrors(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Args(() => LabelWindowArguments) window: LabelWindowArguments,
    @Ctx() { signal }: ApiContext,
  ): Promise<LabelSuggestionPage> {
    return this.service.suspectedErrors(parseId(datasetId), windowOf(window), signal);
  }

  @Requires('SEARCH')
  @Query(() => LabelSuggestionPageType, {
    description:
      'Images without a label, with the one that their ten nearest labelled TRAIN images propose under ' +
      `the active model; the surest first. ${ERRORS}`,
  })
  labelSuggestions(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Args(() => LabelWindowArguments) window: LabelWindowArguments,
    @Ctx() { signal }: ApiContext,
  ): Promise<LabelSuggestionPage> {
    return this.service.suggestions(parseId(datasetId), windowOf(window), signal);
  }

  @Requires('SEARCH')
  @Query(() => Float, {
    nullable: true,
    description:
      'How far the look through the images of a dataset is, 0 to 1, that `suspectedLabelErrors` and ' +
      '`labelSuggestions` ask for: one after every change of images, labels or the active model. Until it ' +
      'has ended, the last one answers. Null where none goes on.',
  })
  labelReviewProgress(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
  ): number | null {
    return this.service.progress(parseId(datasetId));
  }

  @Requires('CONTRIBUTE')
  @Mutation(() => AcceptedLabels, {
    description:
      'Gives images these labels, all or none; images that are gone are left out. Errors: ' +
      'IMAGE_DESCRIPTION_INVALID, INVALID_ARGUMENT, DISK_FULL.',
  })
  async acceptLabels(
    @Arg('labels', () => [ImageLabelInput], { description: '1 to 5,000 of them.' })
    labels: ImageLabelInput[],
  ): Promise<AcceptedLabels> {
    if (labels.length < 1 || labels.length > MAX_ACCEPTED) {
      throw new LookalikeError(
        'INVALID_ARGUMENT',
        `Give 1 to ${MAX_ACCEPTED} labels, not ${labels.length}.`,
      );
    }
    const wanted = new Map(labels.map(({ imageId, label }) => [parseId(imageId), label || null]));
    const previous = await this.writer.relabel(wanted);
    return {
      changedCount: previous.size,
      previous: Array.from(previous, ([imageId, label]) => ({ imageId, label })),
    };
  }

  @FieldResolver(() => [LabelNeighbourType], {
    description: 'The neighbours that voted, the nearest first.',
  })
  neighbours(@Root() suggestion: LabelSuggestion): Promise<LabelNeighbour[]> {
    return this.service.neighbours(suggestion);
  }
}

function windowOf({ split, minConfidence, first, offset }: LabelWindowArguments): LabelWindow {
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    throw new LookalikeError(
      'INVALID_ARGUMENT',
      `"minConfidence" must be from 0 to 1, not ${minConfidence}.`,
    );
  }
  return {
    split: split ?? null,
    minConfidence,
    offset: requireRange('offset', offset, 0, 2 ** 31),
    limit: requireRange('first', first, 1, MAX_PAGE),
  };
}
