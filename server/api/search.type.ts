import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Image } from '../domain/image.js';
import type { Model, ModelIndex } from '../domain/model.js';
import type { Familiarity } from '../services/familiarity.js';
import type { Example } from '../services/search-query-examples.js';
import type { Neighbour, SimilarImages } from '../services/search.service.js';
import { ImageType } from './image.type.js';
import { ModelIndexType, ModelType } from './model.type.js';

// Plain values: GraphQL reads them itself, without a function of type-graphql around each.
@ObjectType('Neighbour', {
  simpleResolvers: true,
  description: 'An image that is like the query.',
})
export class NeighbourType implements Neighbour {
  @Field(() => ImageType, { description: 'The image.' })
  readonly image!: Image;

  readonly imageId!: number;

  @Field(() => Int, { description: 'Its place: 1 is the nearest.' })
  readonly rank!: number;

  @Field(() => Float, { description: 'Cosine distance of the embeddings, 0 to 2; less is nearer.' })
  readonly distance!: number;

  @Field(() => Float, { description: 'Cosine similarity of the embeddings: 1 minus the distance.' })
  readonly similarity!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Share of random pairs of the model's training images that are farther apart, 0 to 1; null " +
      'for models from before this was measured.',
  })
  readonly percentile!: number | null;
}

@ObjectType('SimilarImages', {
  simpleResolvers: true,
  description: 'The answer to a query, with what it was computed from.',
})
export class SimilarImagesType implements SimilarImages {
  @Field(() => ImageType, { nullable: true, description: 'The query; null for an upload.' })
  readonly query!: Image | null;

  readonly positives!: readonly Example[];

  @Field(() => [NeighbourType], { description: 'The most similar images, nearest first.' })
  readonly neighbours!: readonly Neighbour[];

  @Field(() => ModelType, { description: 'The model whose embeddings were compared.' })
  readonly model!: Model;

  @Field(() => [ModelIndexType], { description: 'The indexes that were searched.' })
  readonly indexes!: readonly ModelIndex[];
}

@ObjectType('Familiarity', {
  description:
    'How usual a picture is for a model: one it redraws badly is unlike what it was trained on.',
})
export class FamiliarityType implements Familiarity {
  @Field(() => Float, {
    description: 'Mean squared error of the reconstruction, pixels scaled to 0..1.',
  })
  readonly reconstructionError!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of training images that are redrawn better, 0 to 1; null for models from before this ' +
      'was measured.',
  })
  readonly percentile!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether it is unlike anything the model was trained on; neighbours then mean little.',
  })
  readonly unusual!: boolean;
}
