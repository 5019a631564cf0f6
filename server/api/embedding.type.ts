import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('EmbeddingCounts', {
  description: 'How many images of a dataset can be found under its active model.',
})
export class EmbeddingCountsType {
  @Field(() => Int, { description: 'Can be found.' })
  readonly embedded!: number;

  @Field(() => Int, { description: 'Will be embedded soon.' })
  readonly pending!: number;

  @Field(() => Int, {
    description: 'Cannot be embedded; `embeddingFailure` of the image says why.',
  })
  readonly failed!: number;
}
