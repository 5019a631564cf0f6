import { Field, ID, ObjectType } from 'type-graphql';
import type { ActivationCause, ModelActivation } from '../domain/model-activation.js';
import { ActivationCauseEnum } from './enums.js';

@ObjectType('ModelActivation', {
  description: 'That a model became the one that answers the searches of its dataset.',
})
export class ModelActivationType implements ModelActivation {
  readonly datasetId!: number;

  @Field(() => ID, { description: 'Id of the model, which may have been deleted since.' })
  readonly modelId!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the model that was active until then; null where there was none.',
  })
  readonly previousModelId!: number | null;

  @Field(() => ActivationCauseEnum, { description: 'By what it became active.' })
  readonly cause!: ActivationCause;

  @Field(() => Boolean, {
    description: 'Whether it was activated by force: even if it was worse than the active one.',
  })
  readonly forced!: boolean;

  @Field(() => Date, { description: 'When.' })
  readonly at!: Date;
}
