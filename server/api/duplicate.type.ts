import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { DuplicateKind, ScanStatus } from '../domain/duplicate-groups.js';
import type { Image } from '../domain/image.js';
import type { Model, ModelIndex } from '../domain/model.js';
import { DuplicateKindEnum, ScanStatusEnum } from './enums.js';
import { ImageType } from './image.type.js';
import { ModelIndexType, ModelType } from './model.type.js';

@ObjectType('DuplicateGroup', { description: 'Images that are alike.' })
export class DuplicateGroupType {
  @Field(() => DuplicateKindEnum, { description: 'What they have in common.' })
  readonly kind!: DuplicateKind;

  @Field(() => [ImageType], { description: 'The images, the earliest added first.' })
  readonly images!: readonly Image[];

  @Field(() => Float, {
    description:
      'Largest cosine distance from one image to its nearest of the group; 0 for exact duplicates.',
  })
  readonly distance!: number;
}

@ObjectType('DuplicateScan', { description: 'A look for duplicates in a dataset.' })
export class DuplicateScanType {
  @Field(() => ScanStatusEnum, { description: 'Where it stands.' })
  readonly status!: ScanStatus;

  @Field(() => Int, { description: 'Images looked at.' })
  readonly done!: number;

  @Field(() => Int, { description: 'Images to look at.' })
  readonly total!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Largest cosine distance of near duplicates; null without a model: then only exact ones were ' +
      'looked for.',
  })
  readonly maxDistance!: number | null;

  @Field(() => ModelType, {
    nullable: true,
    description: 'The model whose embeddings were compared.',
  })
  readonly model!: Model | null;

  @Field(() => [ModelIndexType], {
    description: 'The indexes that were searched; empty without a model.',
  })
  readonly indexes!: readonly ModelIndex[];

  @Field(() => Date, { description: 'When it began.' })
  readonly startedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  readonly finishedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it broke off, if it did.' })
  readonly failure!: string | null;
}
