import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Dataset, DatasetStatus, LabelCount, Refusal, Split } from '../domain/dataset.js';
import type { ErrorCode } from '../domain/errors.js';
import { DatasetStatusEnum, SplitEnum } from './enums.js';

@ObjectType('Dataset', { description: 'A named set of images.' })
export class DatasetType implements Dataset {
  @Field(() => ID, { description: 'Id of the dataset.' })
  readonly id!: number;

  @Field(() => String, { description: 'Name, unique and fit for a URL.' })
  readonly name!: string;

  @Field(() => String, { description: 'Name for people.' })
  readonly title!: string;

  @Field(() => DatasetStatusEnum, { description: 'Whether its images are all there.' })
  readonly status!: DatasetStatus;

  @Field(() => Int, { description: 'Images imported so far.' })
  readonly importedCount!: number;

  @Field(() => Int, { description: 'Images there will be; 0 while that is not known.' })
  readonly expectedCount!: number;

  @Field(() => String, { nullable: true, description: 'Why the import stopped, if it did.' })
  readonly importError!: string | null;

  readonly activeModelId!: number | null;
  readonly firstRunQueued!: boolean;

  @Field(() => Date, { description: 'When it was created.' })
  readonly createdAt!: Date;
}

@ObjectType('LabelCount', { description: 'How many images of a split bear a label.' })
export class LabelCountType implements LabelCount {
  @Field(() => String, { nullable: true, description: 'The label; null for unlabelled images.' })
  readonly label!: string | null;

  @Field(() => SplitEnum, { description: 'The split.' })
  readonly split!: Split;

  @Field(() => Int, { description: 'How many.' })
  readonly count!: number;
}

@ObjectType('Refusal', { description: 'A file that an import did not take.' })
export class RefusalType implements Refusal {
  @Field(() => String, { description: 'Name of the file.' })
  readonly name!: string;

  @Field(() => String, { description: 'Error code.' })
  readonly code!: ErrorCode;

  @Field(() => String, { description: 'Why it was refused, and what to do.' })
  readonly message!: string;

  @Field(() => Date, { description: 'When.' })
  readonly at!: Date;
}
