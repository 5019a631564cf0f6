import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Hyperparameters } from '../domain/architecture.js';
import type { ErrorCode } from '../domain/errors.js';
import type {
  Epoch,
  RunFailure,
  RunLogLine,
  RunPhase,
  RunStatus,
  StopReason,
  TrainingRun,
} from '../domain/training-run.js';
import type { InputSpec } from '../domain/model.js';
import type { RunOrigin } from '../domain/run-origin.js';
import { HyperparameterInput } from './architecture.type.js';
import { RunPhaseEnum, RunStatusEnum, StopReasonEnum } from './enums.js';
import { EpochType } from './epoch.type.js';
import { InputSpecInput, InputSpecType } from './model.type.js';

@ObjectType('RunFailure', { description: 'Why a run failed.' })
export class RunFailureType implements RunFailure {
  @Field(() => String, { description: 'Error code.' })
  readonly code!: ErrorCode;

  @Field(() => String, { description: 'What happened and what to do.' })
  readonly message!: string;
}

@ObjectType('RunLogLine', { description: "A line of a run's log." })
export class RunLogLineType implements RunLogLine {
  readonly runId!: number;

  @Field(() => Int, { description: 'Number of the line, from 1.' })
  readonly line!: number;

  @Field(() => Date, { description: 'When.' })
  readonly at!: Date;

  @Field(() => String, { description: 'What.' })
  readonly message!: string;
}

@ObjectType('TrainingRun', { description: 'One training of an architecture on a dataset.' })
export class TrainingRunType implements TrainingRun {
  @Field(() => ID, { description: 'Id of the run.' })
  readonly id!: number;

  readonly datasetId!: number;

  @Field(() => String, { description: 'Name of the architecture.' })
  readonly architecture!: string;

  readonly hyperparameters!: Hyperparameters;

  @Field(() => InputSpecType, {
    nullable: true,
    description:
      'What its network is fed; null for a run that has not begun, or began before this was kept.',
  })
  readonly input!: InputSpec | null;

  @Field(() => RunStatusEnum, { description: 'Where it stands.' })
  readonly status!: RunStatus;

  @Field(() => RunPhaseEnum, {
    nullable: true,
    description: 'What its trainer is busy with; null when none is.',
  })
  readonly phase!: RunPhase | null;

  @Field(() => Float, { description: 'How much of the phase is done, 0 to 1.' })
  readonly phaseProgress!: number;

  @Field(() => Int, { description: 'Epochs that are done and checkpointed.' })
  readonly epochsDone!: number;

  @Field(() => RunFailureType, { nullable: true, description: 'Why it failed, if it did.' })
  readonly failure!: RunFailure | null;

  readonly attempts!: number;

  @Field(() => Boolean, { description: 'Whether it has been asked to stop.' })
  readonly cancelRequested!: boolean;

  readonly modelId!: number | null;

  readonly sweepId!: number | null;

  readonly followsSweep!: boolean;

  readonly origin!: RunOrigin | null;

  @Field(() => StopReasonEnum, {
    nullable: true,
    description: 'Why its sweep stopped it; null where it did not.',
  })
  readonly stopReason!: StopReason | null;

  @Field(() => Float, {
    description:
      'Seconds that trainers have worked on it: without waiting, and without the time that its trainer was dead.',
  })
  readonly workedSeconds!: number;

  @Field(() => Date, { description: 'When it was queued.' })
  readonly createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When a trainer first took it.' })
  readonly startedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  readonly finishedAt!: Date | null;
}

@InputType({ description: 'What to train on what.' })
export class StartTrainingInput {
  @Field(() => ID, { description: 'Id of the dataset.' })
  readonly datasetId!: string;

  @Field(() => String, { description: 'Name of the architecture.' })
  readonly architecture!: string;

  @Field(() => [HyperparameterInput], {
    defaultValue: [],
    description: 'Hyper-parameters that differ from their defaults.',
  })
  readonly hyperparameters!: HyperparameterInput[];

  @Field(() => InputSpecInput, {
    nullable: true,
    description: 'What the network is fed; proposed from the images if not given.',
  })
  readonly input?: InputSpecInput | null;
}

@ObjectType('TrainingProgress', { description: 'News of a training run.' })
export class TrainingProgressType {
  @Field(() => TrainingRunType, { description: 'The run as it stands.' })
  readonly run!: TrainingRun;

  @Field(() => EpochType, {
    nullable: true,
    description: 'The epoch that this is news of; null for a change of status or phase.',
  })
  readonly epoch!: Epoch | null;
}
