import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  Baseline,
  Estimate,
  Evaluation,
  EvaluationDetails,
  LabelScores,
  LabelShare,
  NeighbourScores,
  WorstQuery,
} from '../domain/evaluation.js';
import type { Image } from '../domain/image.js';
import { ImageType } from './image.type.js';

@ObjectType('Estimate', {
  description:
    'A mean with its 95 % interval by the percentile bootstrap: where it would lie with other ' +
    'images of the same kind.',
})
export class EstimateType implements Estimate {
  @Field(() => Float, { description: 'The mean.' })
  readonly value!: number;

  @Field(() => Float, { description: 'Lower end of the interval.' })
  readonly low!: number;

  @Field(() => Float, { description: 'Upper end of the interval.' })
  readonly high!: number;
}

@ObjectType('NeighbourScores', {
  description:
    'How good the neighbours are that exact search finds in the TRAIN split, as means over up to ' +
    '10,000 labelled TEST images, spread over all.',
})
export class NeighbourScoresType implements NeighbourScores {
  @Field(() => EstimateType, {
    description: 'P@1: share of queries whose nearest image bears their label.',
  })
  readonly precisionAt1!: Estimate;

  @Field(() => EstimateType, {
    description: "P@10: mean share of a query's 10 nearest that bear its label.",
  })
  readonly precisionAt10!: Estimate;

  @Field(() => EstimateType, {
    description:
      'mAP@100: mean average precision over the first 100 places of the ranking, divided by as ' +
      'many as could bear the label there; a label that no TRAIN image bears counts as 0.',
  })
  readonly meanAveragePrecisionAt100!: Estimate;

  @Field(() => EstimateType, {
    description:
      'Share of queries whose label the vote of their 10 nearest tells; of several labels with as ' +
      'many votes, that of the nearest counts.',
  })
  readonly accuracyAt10!: Estimate;
}

@ObjectType('LabelShare', { description: 'How often a label is among neighbours.' })
export class LabelShareType implements LabelShare {
  @Field(() => String, { nullable: true, description: 'The label; null for images without one.' })
  readonly label!: string | null;

  @Field(() => Float, { description: 'Share of the neighbours, 0 to 1.' })
  readonly share!: number;
}

@ObjectType('LabelScores', { description: 'How the queries with one label fare.' })
export class LabelScoresType implements LabelScores {
  @Field(() => String, { description: 'The label.' })
  readonly label!: string;

  @Field(() => Int, { description: 'Queries that bear it.' })
  readonly queryCount!: number;

  @Field(() => EstimateType, { description: 'P@10 over them.' })
  readonly precisionAt10!: Estimate;

  @Field(() => [LabelShareType], {
    description:
      'Other labels among their 10 nearest, most frequent first: up to 30 where queries bear at ' +
      'most 30 labels, else up to 5.',
  })
  readonly mistakenFor!: readonly LabelShare[];
}

@ObjectType('WorstNeighbour', { description: 'A neighbour of a query that fares badly.' })
export class WorstNeighbourType {
  @Field(() => ImageType, { description: 'The image.' })
  readonly image!: Image;

  @Field(() => String, {
    nullable: true,
    description: 'Its label when the model was measured.',
  })
  readonly label!: string | null;

  @Field(() => Boolean, { description: 'Whether that was the label of the query.' })
  readonly sharesLabel!: boolean;
}

@ObjectType('WorstQuery', { description: 'A query among those whose neighbours are worst.' })
export class WorstQueryType {
  @Field(() => ImageType, { description: 'The image that was searched from.' })
  readonly image!: Image;

  @Field(() => String, { description: 'Its label when the model was measured.' })
  readonly label!: string;

  @Field(() => Float, { description: 'Share of its 10 nearest that bear its label.' })
  readonly precisionAt10!: number;

  @Field(() => [WorstNeighbourType], {
    description: 'Its 10 nearest, nearest first, without those that were deleted since.',
  })
  readonly neighbours!: readonly WorstNeighbourType[];
}

@ObjectType('Baseline', {
  description: 'A plain way to compare pictures, measured on up to 2,000 of the same queries.',
})
export class BaselineType implements Baseline {
  @Field(() => String, { description: 'Name of the baseline.' })
  readonly name!: string;

  @Field(() => NeighbourScoresType, { description: 'How good it is.' })
  readonly scores!: NeighbourScores;
}

@ObjectType('EvaluationDetails', {
  description: 'What is measured beside the plain numbers, with intervals.',
})
export class EvaluationDetailsType implements EvaluationDetails {
  @Field(() => NeighbourScoresType, {
    nullable: true,
    description: 'Scores of exact search; null where no TEST image bears a label.',
  })
  readonly scores!: NeighbourScores | null;

  @Field(() => EstimateType, {
    nullable: true,
    description: "P@10 with the index's answers; null where no TEST image bears a label.",
  })
  readonly precisionAt10Index!: Estimate | null;

  @Field(() => EstimateType, {
    nullable: true,
    description: 'Mean share of the exact 10 nearest that the index returns.',
  })
  readonly recallAt10!: Estimate | null;

  @Field(() => Int, { description: 'How many labels the queries bear.' })
  readonly labelCount!: number;

  @Field(() => [LabelScoresType], {
    description: 'The labels with the most queries, up to 200, those with the most first.',
  })
  readonly labels!: readonly LabelScores[];

  readonly worstQueries!: readonly WorstQuery[];

  @Field(() => [BaselineType], { description: 'Plain ways to compare pictures.' })
  readonly baselines!: readonly Baseline[];

  @Field(() => EstimateType, {
    nullable: true,
    description:
      'Mean squared error of TEST pictures as the model redraws them, over pixels scaled to 0..1; ' +
      'null where nothing is held out.',
  })
  readonly reconstructionError!: Estimate | null;

  @Field(() => EstimateType, {
    nullable: true,
    description:
      'Share of altered copies of TEST images (moved, turned, of other brightness and contrast, ' +
      'noisy) whose original is found first among all TEST images. It needs no label; null where ' +
      'fewer than two images are held out.',
  })
  readonly ownCopies!: Estimate | null;

  @Field(() => Int, { description: 'Copies that were made, one of each of up to 500 images.' })
  readonly ownCopyCount!: number;
}

@ObjectType('Evaluation', {
  description: 'How good a model is, measured on the TEST split when its run ended.',
})
export class EvaluationType implements Evaluation {
  @Field(() => Int, { description: 'Queries that precision was measured on.' })
  readonly queryCount!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean share of the 10 nearest TRAIN images with the label of the query, exact search.',
  })
  readonly precisionAt10Exact!: number | null;

  @Field(() => Float, { nullable: true, description: "The same with the index's answers." })
  readonly precisionAt10Index!: number | null;

  @Field(() => Int, { description: 'Queries that recall was measured on.' })
  readonly recallQueryCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean share of the exact 10 nearest that the index returns.',
  })
  readonly recallAt10!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of one picture of the TEST split on average, as the architecture counts it: of an autoencoder mean ' +
      'sigmoid cross-entropy, in nats per pixel.',
  })
  readonly testLoss!: number | null;

  @Field(() => EvaluationDetailsType, {
    nullable: true,
    description: 'More scores, with intervals; null for models from before there were any.',
  })
  readonly details!: EvaluationDetails | null;
}
