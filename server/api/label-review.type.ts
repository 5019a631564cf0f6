import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Split } from '../domain/dataset.js';
import type { Image } from '../domain/image.js';
import type { LabelReview } from '../services/label-review.js';
import type {
  LabelNeighbour,
  LabelSuggestion,
  LabelSuggestionPage,
} from '../services/label-review.service.js';
import { SplitEnum } from './enums.js';
import { ImageType } from './image.type.js';

@ObjectType('LabelNeighbour', { description: 'A neighbour that voted for its label.' })
export class LabelNeighbourType implements LabelNeighbour {
  @Field(() => ImageType, { description: 'The neighbour.' })
  readonly image!: Image;

  @Field(() => Float, { description: 'Cosine similarity to the image, -1 to 1.' })
  readonly similarity!: number;
}

@ObjectType('LabelSuggestion', { description: 'A label that neighbours propose for an image.' })
export class LabelSuggestionType implements LabelSuggestion {
  @Field(() => ImageType, { description: 'The image, with the label it bears now.' })
  readonly image!: Image;

  @Field(() => String, { description: 'The label that most of the vote is for.' })
  readonly suggestedLabel!: string;

  @Field(() => Float, {
    description:
      'Share of the vote for that label, 0 to 1; less the share of its own label where it has one.',
  })
  readonly confidence!: number;

  readonly review!: LabelReview;
}

@ObjectType('LabelSuggestionPage', { description: 'Some of the proposed labels, surest first.' })
export class LabelSuggestionPageType implements LabelSuggestionPage {
  @Field(() => Int, { description: 'How many there are in all.' })
  readonly totalCount!: number;

  @Field(() => [LabelSuggestionType], { description: 'Those of the page.' })
  readonly suggestions!: readonly LabelSuggestion[];
}

@InputType({ description: 'A label for an image.' })
export class ImageLabelInput {
  @Field(() => ID, { description: 'Id of the image.' })
  readonly imageId!: string;

  @Field(() => String, { nullable: true, description: 'The label; null takes it away.' })
  readonly label?: string | null;
}

@ObjectType({ description: 'The label of an image.' })
export class ImageLabel {
  @Field(() => ID, { description: 'Id of the image.' })
  readonly imageId!: number;

  @Field(() => String, { nullable: true, description: 'The label, if it had one.' })
  readonly label!: string | null;
}

@ObjectType({ description: 'What became of labels that were accepted.' })
export class AcceptedLabels {
  @Field(() => Int, { description: 'How many images bear another label than before.' })
  readonly changedCount!: number;

  @Field(() => [ImageLabel], {
    description: 'What these bore before: accept that, and all is as it was.',
  })
  readonly previous!: readonly ImageLabel[];
}

/** Which proposals, and which page of them. */
@ArgsType()
export class LabelWindowArguments {
  @Field(() => SplitEnum, { nullable: true, description: 'Only images of this split.' })
  readonly split?: Split | null;

  @Field(() => Float, { defaultValue: 0, description: 'Only as sure, 0 to 1.' })
  readonly minConfidence!: number;

  @Field(() => Int, { defaultValue: 50, description: 'How many, 1 to 1000.' })
  readonly first!: number;

  @Field(() => Int, { defaultValue: 0, description: 'How many to skip.' })
  readonly offset!: number;
}
