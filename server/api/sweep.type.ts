import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Hyperparameters } from '../domain/architecture.js';
import type { InputSpec } from '../domain/model.js';
import type { DialRange, RangeScale, Sweep, SweptDial } from '../domain/sweep.js';
import type { RankedRun } from '../domain/sweep-ranking.js';
import type { TrainingRun } from '../domain/training-run.js';
import type { ValidationScore } from '../domain/validation.js';
import { HyperparameterInput } from './architecture.type.js';
import { RangeScaleEnum } from './enums.js';
import { ValidationScoreType } from './epoch.type.js';
import { InputSpecInput, InputSpecType } from './model.type.js';
import { TrainingRunType } from './training-run.type.js';

@ObjectType('DialRange', { description: 'All values from one to another, both among them.' })
export class DialRangeType implements DialRange {
  @Field(() => Float, { description: 'Smallest value.' })
  readonly low!: number;

  @Field(() => Float, { description: 'Largest value.' })
  readonly high!: number;

  @Field(() => RangeScaleEnum, { description: 'How values are drawn from it.' })
  readonly scale!: RangeScale;
}

@ObjectType('SweptDial', { description: 'A dial that differs among the settings of a sweep.' })
export class SweptDialType {
  @Field(() => String, { description: 'Name of the hyper-parameter.' })
  readonly name!: string;

  @Field(() => [Float], { nullable: true, description: 'Its values; null where it has a range.' })
  readonly values!: readonly number[] | null;

  @Field(() => DialRangeType, {
    nullable: true,
    description: 'Its range; null where it has values.',
  })
  readonly range!: DialRange | null;
}

@ObjectType('Sweep', {
  description: 'Several settings of an architecture, tried one after another within a time budget.',
})
export class SweepType implements Sweep {
  @Field(() => ID, { description: 'Id of the sweep.' })
  readonly id!: number;

  readonly datasetId!: number;

  @Field(() => String, { description: 'Name of the architecture.' })
  readonly architecture!: string;

  readonly hyperparameters!: Hyperparameters;

  @Field(() => [SweptDialType], { description: 'The dials that differ.' })
  readonly dials!: readonly SweptDial[];

  @Field(() => InputSpecType, { description: 'What the networks are fed.' })
  readonly input!: InputSpec;

  @Field(() => Float, { description: 'Seconds that trainers may work on its runs, all together.' })
  readonly budgetSeconds!: number;

  @Field(() => Int, { description: 'Which settings are drawn, and in which order they are tried.' })
  readonly seed!: number;

  @Field(() => Date, { description: 'When it was started.' })
  readonly createdAt!: Date;
}

@ObjectType('SweepSetting', {
  description: 'A setting of a sweep where it stands among the others.',
})
export class SweepSettingType implements RankedRun {
  @Field(() => Int, {
    nullable: true,
    description: 'From 1, the best; null where it has no score that compares with the others.',
  })
  readonly rank!: number | null;

  @Field(() => TrainingRunType, { description: 'The run that tries it.' })
  readonly run!: TrainingRun;

  @Field(() => ValidationScoreType, {
    nullable: true,
    description: 'Of the epoch whose weights are, or would be, the model.',
  })
  readonly score!: ValidationScore | null;
}

@InputType({ description: 'All values from one to another, both among them.' })
export class DialRangeInput implements DialRange {
  @Field(() => Float, { description: 'Smallest value.' })
  readonly low!: number;

  @Field(() => Float, { description: 'Largest value; more than `low`.' })
  readonly high!: number;

  @Field(() => RangeScaleEnum, {
    defaultValue: 'LINEAR',
    description: 'How values are drawn from it; LOG takes only numbers above 0.',
  })
  readonly scale!: RangeScale;
}

@InputType({ description: 'A dial that is to differ: give its values, or a range of them.' })
export class SweptDialInput {
  @Field(() => String, { description: 'Name of the hyper-parameter, one whose `unswept` is null.' })
  readonly name!: string;

  @Field(() => [Float], { nullable: true, description: '1 to 50 values.' })
  readonly values?: number[] | null;

  @Field(() => DialRangeInput, { nullable: true, description: 'A range.' })
  readonly range?: DialRangeInput | null;
}

@InputType({ description: 'Which settings to try on what, and for how long.' })
export class StartSweepInput {
  @Field(() => ID, { description: 'Id of the dataset.' })
  readonly datasetId!: string;

  @Field(() => String, { description: 'Name of the architecture.' })
  readonly architecture!: string;

  @Field(() => [HyperparameterInput], {
    defaultValue: [],
    description:
      'Hyper-parameters of all settings that differ from their defaults. Where `validationShare` is not ' +
      'given it is 0.1: the settings are ranked by images that they do not learn from.',
  })
  readonly hyperparameters!: HyperparameterInput[];

  @Field(() => InputSpecInput, {
    nullable: true,
    description: 'What the networks are fed; proposed from the images if not given.',
  })
  readonly input?: InputSpecInput | null;

  @Field(() => [SweptDialInput], { description: '1 to 8 dials that are to differ.' })
  readonly dials!: SweptDialInput[];

  @Field(() => Int, {
    description:
      'How many settings to try, 2 to 50: all combinations of the values where there are no more, else so ' +
      'many drawn at random.',
  })
  readonly settingCount!: number;

  @Field(() => Float, {
    description:
      'For how many minutes trainers may work on them, all together: the run that goes on then stops ' +
      'behind its epoch, and no other is begun.',
  })
  readonly budgetMinutes!: number;

  @Field(() => Int, {
    defaultValue: 1,
    description: 'Which settings are drawn, and in which order they are tried.',
  })
  readonly seed!: number;
}
