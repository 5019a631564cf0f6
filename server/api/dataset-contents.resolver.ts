import { Arg, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Dataset, LabelCount, Refusal } from '../domain/dataset.js';
import { DatasetService } from '../services/dataset.service.js';
import { DatasetType, LabelCountType, RefusalType } from './dataset.type.js';
import { EmbeddingCountsType } from './embedding.type.js';
import { parseId, requireRange } from './ids.js';
import { Requires } from './requires.js';

/** What is in a dataset, counted, and what was not taken into it. */
@Resolver(() => DatasetType)
export class DatasetContentsResolver {
  constructor(private readonly datasets: DatasetService) {}

  @FieldResolver(() => [LabelCountType], {
    description: 'How many images bear each label, by split.',
  })
  labelCounts(
    @Root() dataset: Dataset,
    @Arg('containing', () => String, {
      nullable: true,
      description: 'Only labels that contain this text, whatever its case.',
    })
    containing: string | null | undefined,
    @Arg('first', () => Int, { defaultValue: 1000, description: 'How many, 1 to 10000.' })
    first: number,
  ): Promise<LabelCount[]> {
    const limit = requireRange('first', first, 1, 10_000);
    return this.datasets.labelCounts(dataset.id, { containing: containing ?? null, limit });
  }

  @FieldResolver(() => Int, { description: 'How many different labels its images bear.' })
  labelTotal(@Root() dataset: Dataset): Promise<number> {
    return this.datasets.countLabels(dataset.id);
  }

  @FieldResolver(() => [String], { description: 'Keys of the metadata that its images bear.' })
  metadataKeys(@Root() dataset: Dataset): Promise<string[]> {
    return this.datasets.metadataKeys(dataset.id);
  }

  @FieldResolver(() => EmbeddingCountsType, {
    nullable: true,
    description:
      'Counts of its images by whether they can be found under the active model; null without one.',
  })
  async embeddingCounts(@Root() dataset: Dataset): Promise<EmbeddingCountsType | null> {
    const counts = await this.datasets.embeddingCounts(dataset);
    return counts && { embedded: counts.EMBEDDED, pending: counts.PENDING, failed: counts.FAILED };
  }

  @FieldResolver(() => [RefusalType], { description: 'Files that imports did not take, by name.' })
  refusals(
    @Root() dataset: Dataset,
    @Arg('after', () => String, { nullable: true, description: 'Name to start behind.' })
    after: string | null | undefined,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' })
    first: number,
  ): Promise<Refusal[]> {
    const limit = requireRange('first', first, 1, 1000);
    return this.datasets.refusals(dataset.id, after ?? null, limit);
  }

  @FieldResolver(() => Int, { description: 'How many files imports did not take.' })
  refusalCount(@Root() dataset: Dataset): Promise<number> {
    return this.datasets.countRefusals(dataset.id);
  }

  @Requires('CONTRIBUTE')
  @Mutation(() => DatasetType, {
    description: 'Forgets which files imports did not take. Errors: DATASET_NOT_FOUND.',
  })
  clearRefusals(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
  ): Promise<Dataset> {
    return this.datasets.clearRefusals(parseId(datasetId));
  }
}
