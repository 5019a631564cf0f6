import {
  Arg,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Dataset } from '../domain/dataset.js';
import { LookalikeError } from '../domain/errors.js';
import { keepsLabels, type Model, type ModelIndex } from '../domain/model.js';
import { recallAt } from '../domain/recall-curve.js';
import type { TrainingRun } from '../domain/training-run.js';
import { DatasetService } from '../services/dataset.service.js';
import { ModelService } from '../services/model.service.js';
import { TrainingService } from '../services/training.service.js';
import type { ApiContext } from './context.js';
import { Hyperparameter } from './architecture.type.js';
import { DatasetType } from './dataset.type.js';
import { parseId, parseOptionalId } from './ids.js';
import { ModelIndexType, ModelType, ReconstructionType } from './model.type.js';
import { Requires } from './requires.js';
import { TrainingRunType } from './training-run.type.js';

const MAX_RECONSTRUCTIONS = 200;

@Resolver(() => ModelType)
export class ModelResolver {
  constructor(
    private readonly models: ModelService,
    private readonly datasets: DatasetService,
    private readonly training: TrainingService,
  ) {}

  @Requires('SEARCH')
  @Query(() => [ModelType], { name: 'models', description: 'Models, newest first.' })
  list(
    @Arg('datasetId', () => ID, { nullable: true, description: 'Only of this dataset.' })
    datasetId: string | null | undefined,
  ): Promise<Model[]> {
    return this.models.list(parseOptionalId(datasetId));
  }

  @Requires('SEARCH', { ids: 'model' })
  @Query(() => ModelType, { description: 'One model. Errors: MODEL_NOT_FOUND.' })
  model(@Arg('id', () => ID, { description: 'Id of the model.' }) id: string): Promise<Model> {
    return this.models.get(parseId(id));
  }

  @Requires('ADMIN', { ids: 'model' })
  @Mutation(() => ID, {
    description:
      'Deletes a model with its embeddings and indexes; its run stays. Answers with its id. ' +
      'Errors: MODEL_NOT_FOUND, MODEL_ACTIVE.',
  })
  async deleteModel(
    @Arg('id', () => ID, { description: 'Id of the model.' }) id: string,
  ): Promise<string> {
    await this.models.delete(parseId(id));
    return id;
  }

  @FieldResolver(() => Boolean, { description: 'Whether it answers the searches of its dataset.' })
  async active(@Root() model: Model): Promise<boolean> {
    const dataset = await this.datasets.get(model.datasetId);
    return dataset.activeModelId === model.id;
  }

  @FieldResolver(() => Int, { description: 'How many weights the network has.' })
  parameterCount(@Root() model: Model): number {
    return model.layers.reduce((sum, { parameterCount }) => sum + parameterCount, 0);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether TRAIN images lie where their labels were at the training, whatever their pictures show. Then ' +
      '`suspectedLabelErrors` looks through the TEST images alone.',
  })
  keepsLabels(@Root() model: Model): boolean {
    return keepsLabels(model);
  }

  @FieldResolver(() => [Hyperparameter], { description: 'What it was trained with.' })
  hyperparameters(@Root() model: Model): Hyperparameter[] {
    return Object.entries(model.hyperparameters).map(([name, value]) => ({ name, value }));
  }

  @FieldResolver(() => DatasetType, { description: 'The dataset it was trained on.' })
  dataset(@Root() model: Model): Promise<Dataset> {
    return this.datasets.get(model.datasetId);
  }

  @FieldResolver(() => TrainingRunType, { description: 'The run that left it.' })
  run(@Root() model: Model): Promise<TrainingRun> {
    return this.training.get(model.id);
  }

  @FieldResolver(() => [ReconstructionType], {
    description: 'How the model redraws these images, in their order. Errors: IMAGE_NOT_FOUND.',
  })
  async reconstructions(
    @Root() model: Model,
    @Arg('imageIds', () => [ID], { description: 'Ids of 1 to 200 images.' }) imageIds: string[],
    @Ctx() { signal }: ApiContext,
  ): Promise<ReconstructionType[]> {
    if (imageIds.length < 1 || imageIds.length > MAX_RECONSTRUCTIONS) {
      throw new LookalikeError(
        'INVALID_ARGUMENT',
        `Give 1 to ${MAX_RECONSTRUCTIONS} image ids, not ${imageIds.length}.`,
      );
    }
    const redrawn = await this.models.reconstructions(model, imageIds.map(parseId), signal);
    return redrawn.map(({ image, png, meanSquaredError }) => ({
      image,
      meanSquaredError,
      url: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    }));
  }
}

@Resolver(() => ModelIndexType)
export class ModelIndexResolver {
  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Recall at 10 that was measured at `efSearch`; null where it was not.',
  })
  recall(@Root() { recallCurve, efSearch }: ModelIndex): number | null {
    return recallAt(recallCurve, efSearch);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether `recall` is at least `recallTarget`; null where there is no target or no measure.',
  })
  reachesRecallTarget(@Root() { recallCurve, recallTarget, efSearch }: ModelIndex): boolean | null {
    const recall = recallAt(recallCurve, efSearch);
    return recall === null || recallTarget === null ? null : recall >= recallTarget;
  }
}
