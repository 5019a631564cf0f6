import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Image } from '../domain/image.js';
import type { Epoch, EpochNeighbours, EpochReconstruction } from '../domain/training-run.js';
import type { ValidationMeasure, ValidationScore } from '../domain/validation.js';
import { ValidationMeasureEnum } from './enums.js';
import { ImageType } from './image.type.js';

@ObjectType('EpochReconstruction', {
  description: 'How the network of one epoch redraws a probe image.',
})
export class EpochReconstructionType implements EpochReconstruction {
  readonly runId!: number;
  readonly epoch!: number;
  readonly blobId!: string;

  @Field(() => ID, { description: 'Id of the probe image.' })
  readonly imageId!: number;

  @Field(() => ImageType, { description: 'The probe image.' })
  readonly image!: Image;
}

@ObjectType('EpochNeighbours', {
  description: 'The nearest images of a probe image, as the network of one epoch sees them.',
})
export class EpochNeighboursType implements EpochNeighbours {
  readonly runId!: number;
  readonly epoch!: number;
  readonly neighbourIds!: readonly number[];

  @Field(() => ID, { description: 'Id of the probe image.' })
  readonly imageId!: number;

  @Field(() => ImageType, { description: 'The probe image.' })
  readonly image!: Image;

  @Field(() => [ImageType], {
    description: 'Those of the sample searched that are nearest, nearest first.',
  })
  readonly neighbours!: Image[];
}

@ObjectType('ValidationScore', {
  description: 'How well the network of an epoch finds what is like its probe images.',
})
export class ValidationScoreType implements ValidationScore {
  @Field(() => ValidationMeasureEnum, { description: 'What the score is.' })
  readonly measure!: ValidationMeasure;

  @Field(() => Float, { description: '0 to 1, the more the better.' })
  readonly value!: number;

  @Field(() => Int, { description: 'Searches that it is the mean of.' })
  readonly queryCount!: number;

  @Field(() => Int, { description: 'TRAIN images in which neighbours are sought: a sample.' })
  readonly baseCount!: number;

  @Field(() => Boolean, {
    description:
      'Whether the network learns from the probe images too, which flatters it. Never so where ' +
      '`validationShare` of the run holds some out.',
  })
  readonly seenInTraining!: boolean;
}

@ObjectType('Epoch', { description: 'One pass over the training images.' })
export class EpochType implements Epoch {
  readonly runId!: number;

  @Field(() => Int, { description: 'Number of the epoch, from 1.' })
  readonly epoch!: number;

  @Field(() => Float, {
    description: 'What training makes small; `loss` of the architecture says what that is.',
  })
  readonly loss!: number;

  @Field(() => Float, { description: 'Seconds it took.' })
  readonly seconds!: number;

  @Field(() => Date, { description: 'When it was done.' })
  readonly finishedAt!: Date;

  @Field(() => ValidationScoreType, {
    nullable: true,
    description: 'Measured on probe images of the TRAIN split; null where nothing could be.',
  })
  readonly validation!: ValidationScore | null;
}
