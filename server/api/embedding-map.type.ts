import { Field, Float, ObjectType } from 'type-graphql';
import type { EmbeddingMap, MapKind, MapStatus } from '../domain/embedding-map.js';
import type { RunFailure } from '../domain/training-run.js';
import { MapKindEnum, MapStatusEnum } from './enums.js';
import { RunFailureType } from './training-run.type.js';

@ObjectType('EmbeddingMap', { description: 'The embeddings of a model, drawn in the plane.' })
export class EmbeddingMapType implements EmbeddingMap {
  readonly modelId!: number;

  @Field(() => MapKindEnum, { description: 'How they are laid out.' })
  readonly kind!: MapKind;

  @Field(() => MapStatusEnum, { description: 'Where the drawing stands.' })
  readonly status!: MapStatus;

  @Field(() => Float, { description: 'Share of the work that is done, 0 to 1.' })
  readonly progress!: number;

  readonly blobId!: string | null;

  @Field(() => RunFailureType, { nullable: true, description: 'Why it failed, if it did.' })
  readonly failure!: RunFailure | null;

  @Field(() => Date, { description: 'When it was asked for.' })
  readonly createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  readonly finishedAt!: Date | null;
}
