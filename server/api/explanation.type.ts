import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Model } from '../domain/model.js';
import { ModelType } from './model.type.js';

@ObjectType('SeenPicture', { description: 'A picture as a model sees it.' })
export class SeenPictureType {
  @Field(() => String, { description: 'What the model is fed, as a PNG data URL.' })
  readonly inputUrl!: string;

  @Field(() => String, { description: 'How the model redraws it, as a PNG data URL.' })
  readonly reconstructionUrl!: string;

  @Field(() => Float, {
    description: 'Mean squared error of the reconstruction, pixels scaled to 0..1.',
  })
  readonly reconstructionError!: number;
}

@ObjectType('Explanation', { description: 'Why an image is like an example.' })
export class ExplanationType {
  @Field(() => ModelType, { description: 'The model whose embeddings were compared.' })
  readonly model!: Model;

  @Field(() => SeenPictureType, { description: 'The example, as the model sees it.' })
  readonly example!: SeenPictureType;

  @Field(() => SeenPictureType, { description: 'The image, as the model sees it.' })
  readonly image!: SeenPictureType;

  @Field(() => Float, { description: 'Cosine similarity of the two embeddings.' })
  readonly similarity!: number;

  @Field(() => Int, { description: 'Rows of the latent grid.' })
  readonly rows!: number;

  @Field(() => Int, { description: 'Columns of the latent grid.' })
  readonly columns!: number;

  @Field(() => [Float], {
    description:
      'What each cell of the grid adds to the similarity, row by row; their sum is the similarity.',
  })
  readonly agreement!: readonly number[];
}
