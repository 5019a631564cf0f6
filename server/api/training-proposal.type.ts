import { Field, Int, ObjectType } from 'type-graphql';
import type { Hyperparameters } from '../domain/architecture.js';
import type { InputSpec } from '../domain/model.js';
import type { TrainingProposal } from '../domain/training-proposal.js';
import type { TrainingWarning, TrainingWarningCode } from '../domain/training-warnings.js';
import { TrainingWarningCodeEnum } from './enums.js';
import { InputSpecType } from './model.type.js';

@ObjectType('TrainingWarning', { description: 'Something that speaks against training now.' })
export class TrainingWarningType implements TrainingWarning {
  @Field(() => TrainingWarningCodeEnum, { description: 'What it is about.' })
  readonly code!: TrainingWarningCode;

  @Field(() => String, { description: 'What it is, what it leads to, and what to do.' })
  readonly message!: string;
}

@ObjectType('TrainingProposal', { description: 'What a training would best be started with.' })
export class TrainingProposalType implements TrainingProposal {
  @Field(() => InputSpecType, { description: 'What the network is best fed.' })
  readonly input!: InputSpec;

  readonly hyperparameters!: Hyperparameters;

  @Field(() => Int, { description: 'TRAIN images it would learn from.' })
  readonly imageCount!: number;

  @Field(() => [TrainingWarningType], {
    description: 'What speaks against training now, in words; empty when nothing does.',
  })
  readonly warnings!: readonly TrainingWarning[];
}
