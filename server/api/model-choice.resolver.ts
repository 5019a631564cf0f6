import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Dataset } from '../domain/dataset.js';
import type { ModelActivation } from '../domain/model-activation.js';
import type { Model } from '../domain/model.js';
import { ModelChoiceService } from '../services/model-choice.service.js';
import type { ApiContext } from './context.js';
import { DatasetType } from './dataset.type.js';
import { parseId, requireRange } from './ids.js';
import { ModelActivationType } from './model-choice.type.js';
import { ModelType } from './model.type.js';
import { Requires } from './requires.js';

const MAX_ACTIVATIONS = 200;

@Resolver(() => DatasetType)
export class ModelChoiceResolver {
  constructor(private readonly choice: ModelChoiceService) {}

  @Requires('ADMIN', { ids: 'model' })
  @Mutation(() => ModelType, {
    description:
      'Lets this model answer the searches of its dataset. One that is worse than the active one is ' +
      'refused unless forced: where its P@10 (without labels, the share of own copies that it finds) ' +
      "lies under the 95 % interval of the active one's, on the same 30 or more queries. Errors: " +
      'MODEL_NOT_FOUND, MODEL_WORSE.',
  })
  activateModel(
    @Arg('id', () => ID, { description: 'Id of the model.' }) id: string,
    @Arg('force', () => Boolean, { defaultValue: false, description: 'Even if it is worse.' })
    force: boolean,
    @Ctx() { signal }: ApiContext,
  ): Promise<Model> {
    return this.choice.activate(parseId(id), force, signal);
  }

  @Requires('ADMIN')
  @Mutation(() => ModelType, {
    description:
      'Activates the model that was active before, and answers with it. Once more goes further back: ' +
      'after the models 1, 2 and 3 to 2, then to 1. Models that are deleted are passed over. Errors: ' +
      'DATASET_NOT_FOUND, NO_EARLIER_MODEL.',
  })
  rollBackModel(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
  ): Promise<Model> {
    return this.choice.rollBack(parseId(datasetId));
  }

  @FieldResolver(() => [ModelActivationType], {
    description: 'Which models have answered its searches, newest first.',
  })
  async activations(
    @Root() dataset: Dataset,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 200.' })
    first: number,
  ): Promise<ModelActivation[]> {
    const limit = requireRange('first', first, 1, MAX_ACTIVATIONS);
    return (await this.choice.history(dataset.id)).slice(0, limit);
  }

  @FieldResolver(() => ModelType, {
    nullable: true,
    description: 'The model that `rollBackModel` would activate; null where there is none.',
  })
  earlierModel(@Root() dataset: Dataset): Promise<Model | null> {
    return this.choice.earlier(dataset.id);
  }
}
