import { Field, Float, InputType, ObjectType } from 'type-graphql';
import type {
  Architecture,
  HyperparameterKind,
  HyperparameterSpec,
} from '../domain/architecture.js';
import { HyperparameterKindEnum } from './enums.js';

@ObjectType('HyperparameterSpec', { description: 'One dial of an architecture.' })
export class HyperparameterSpecType implements HyperparameterSpec {
  @Field(() => String, { description: 'Name, for `startTraining`.' })
  readonly name!: string;

  @Field(() => String, { description: 'Name for people.' })
  readonly title!: string;

  @Field(() => String, { description: 'What it does.' })
  readonly description!: string;

  @Field(() => HyperparameterKindEnum, { description: 'What numbers it takes.' })
  readonly kind!: HyperparameterKind;

  @Field(() => Float, { description: 'Value when none is given.' })
  readonly default!: number;

  @Field(() => Float, { description: 'Smallest value.' })
  readonly min!: number;

  @Field(() => Float, { description: 'Largest value.' })
  readonly max!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why it must be the same in all settings of a sweep; null where it may differ.',
  })
  readonly unswept?: string;
}

@ObjectType('Architecture', { description: 'A network recipe with its hyper-parameters.' })
export class ArchitectureType implements Architecture {
  @Field(() => String, { description: 'Name, for `startTraining`.' })
  readonly name!: string;

  @Field(() => String, { description: 'Name for people.' })
  readonly title!: string;

  @Field(() => String, { description: 'What it is.' })
  readonly description!: string;

  @Field(() => String, { description: 'Where the method is described.' })
  readonly reference!: string;

  @Field(() => String, { description: 'What the loss of an epoch is, with its unit.' })
  readonly loss!: string;

  @Field(() => [HyperparameterSpecType], { description: 'Its dials.' })
  readonly hyperparameters!: readonly HyperparameterSpec[];
}

@ObjectType({ description: 'The value of a hyper-parameter.' })
export class Hyperparameter {
  @Field(() => String, { description: 'Name.' })
  readonly name!: string;

  @Field(() => Float, { description: 'Value.' })
  readonly value!: number;
}

@InputType({ description: 'A value for a hyper-parameter.' })
export class HyperparameterInput {
  @Field(() => String, { description: 'Name.' })
  readonly name!: string;

  @Field(() => Float, { description: 'Value.' })
  readonly value!: number;
}
