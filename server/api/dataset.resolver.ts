import { Arg, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Dataset } from '../domain/dataset.js';
import type { Image } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import type { TrainingRun } from '../domain/training-run.js';
import { DatasetDeletion } from '../services/dataset-deletion.js';
import { DatasetService } from '../services/dataset.service.js';
import { FashionMnistService } from '../services/fashion-mnist.service.js';
import { ModelService } from '../services/model.service.js';
import { TrainingService } from '../services/training.service.js';
import { DatasetType } from './dataset.type.js';
import { parseId, requireRange } from './ids.js';
import { ImageFilterInput, ImageType } from './image.type.js';
import { ModelType } from './model.type.js';
import { Requires } from './requires.js';
import { TrainingRunType } from './training-run.type.js';

@Resolver(() => DatasetType)
export class DatasetResolver {
  constructor(
    private readonly datasets: DatasetService,
    private readonly fashionMnist: FashionMnistService,
    private readonly modelService: ModelService,
    private readonly training: TrainingService,
    private readonly deletion: DatasetDeletion,
  ) {}

  @Requires('SEARCH')
  @Query(() => [DatasetType], { name: 'datasets', description: 'All datasets.' })
  list(): Promise<Dataset[]> {
    return this.datasets.list();
  }

  @Requires('SEARCH', { ids: 'dataset' })
  @Query(() => DatasetType, { description: 'One dataset. Errors: DATASET_NOT_FOUND.' })
  dataset(
    @Arg('id', () => ID, { description: 'Id of the dataset.' }) id: string,
  ): Promise<Dataset> {
    return this.datasets.get(parseId(id));
  }

  @Requires('CONTRIBUTE', { acrossDatasets: true })
  @Mutation(() => DatasetType, {
    description:
      'Imports Fashion-MNIST (60,000 TRAIN and 10,000 TEST images, labelled), or goes on with an ' +
      'import that was cut off. Answers at once; the dataset tells how far it is. ' +
      'Errors: DATASET_BUSY.',
  })
  importFashionMnist(): Promise<Dataset> {
    return this.fashionMnist.import();
  }

  @Requires('CONTRIBUTE', { acrossDatasets: true })
  @Mutation(() => DatasetType, {
    description:
      'Creates an empty dataset of your own. Errors: DATASET_NAME_INVALID, DATASET_NAME_TAKEN, ' +
      'INVALID_ARGUMENT.',
  })
  createDataset(
    @Arg('name', () => String, {
      description: 'Unique; 1 to 64 lower-case letters, digits and dashes, starting with a letter.',
    })
    name: string,
    @Arg('title', () => String, {
      nullable: true,
      description: 'Name for people, up to 100 characters; the name if not given.',
    })
    title: string | null | undefined,
  ): Promise<Dataset> {
    return this.datasets.create(name, title ?? null);
  }

  @Requires('ADMIN', { ids: 'dataset' })
  @Mutation(() => ID, {
    description:
      'Deletes a dataset with its images, runs and models. Answers at once; it is gone when ' +
      '`datasets` no longer lists it. Errors: DATASET_NOT_FOUND, DATASET_BUSY.',
  })
  async deleteDataset(
    @Arg('id', () => ID, { description: 'Id of the dataset.' }) id: string,
  ): Promise<string> {
    await this.deletion.delete(parseId(id));
    return id;
  }

  @FieldResolver(() => [ImageType], {
    description: 'Images drawn at random; the same seed draws the same ones.',
  })
  sample(
    @Root() dataset: Dataset,
    @Arg('seed', () => Int, { defaultValue: 1, description: 'Seed of the draw.' }) seed: number,
    @Arg('size', () => Int, { defaultValue: 25, description: 'How many, 1 to 200.' }) size: number,
    @Arg('filter', () => ImageFilterInput, { nullable: true, description: 'From which images.' })
    filter: ImageFilterInput | null | undefined,
  ): Promise<Image[]> {
    return this.datasets.sample(dataset.id, filter ?? {}, seed, requireRange('size', size, 1, 200));
  }

  @FieldResolver(() => ModelType, {
    nullable: true,
    description: 'The model that answers searches; null until a run has succeeded.',
  })
  activeModel(@Root() dataset: Dataset): Promise<Model | null> {
    return dataset.activeModelId === null
      ? Promise.resolve(null)
      : this.modelService.find(dataset.activeModelId);
  }

  @FieldResolver(() => [ModelType], { description: 'Its models, newest first.' })
  models(@Root() dataset: Dataset): Promise<Model[]> {
    return this.modelService.list(dataset.id);
  }

  @FieldResolver(() => [TrainingRunType], { description: 'Its training runs, newest first.' })
  trainingRuns(@Root() dataset: Dataset): Promise<TrainingRun[]> {
    return this.training.list(dataset.id);
  }
}
