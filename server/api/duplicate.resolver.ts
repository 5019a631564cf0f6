import { Arg, FieldResolver, Float, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Dataset } from '../domain/dataset.js';
import type { DuplicateKind } from '../domain/duplicate-groups.js';
import type { DuplicateScan } from '../services/duplicate-scan.js';
import { DuplicateService, type FoundDuplicates } from '../services/duplicate.service.js';
import { DatasetType } from './dataset.type.js';
import { DuplicateGroupType, DuplicateScanType } from './duplicate.type.js';
import { DuplicateKindEnum } from './enums.js';
import { parseId, requireRange } from './ids.js';
import { Requires } from './requires.js';

const MAX_PAGE = 100;

@Resolver(() => DuplicateScanType)
export class DuplicateResolver {
  constructor(private readonly service: DuplicateService) {}

  @Requires('CONTRIBUTE')
  @Mutation(() => DuplicateScanType, {
    description:
      'Looks for duplicates in a dataset: exact (the same bytes) and, under its active model, near ' +
      'ones. Answers at once; `duplicateScan` of the dataset tells how far it is. Errors: ' +
      'DATASET_NOT_FOUND, INVALID_ARGUMENT.',
  })
  findDuplicates(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Arg('maxDistance', () => Float, {
      nullable: true,
      description:
        'Largest cosine distance of near duplicates, 0 to 0.5; proposed from the model if not given.',
    })
    maxDistance: number | null | undefined,
  ): Promise<DuplicateScan> {
    return this.service.start(parseId(datasetId), maxDistance ?? null);
  }

  @Requires('CONTRIBUTE')
  @Mutation(() => DuplicateScanType, {
    description: 'Stops looking for duplicates. Errors: SCAN_NOT_FOUND.',
  })
  cancelDuplicateScan(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
  ): DuplicateScan {
    return this.service.cancel(parseId(datasetId));
  }

  @FieldResolver(() => [DuplicateGroupType], {
    description:
      'Groups of images that are alike, largest first; an image stands in one group of each kind ' +
      'at most. Deleted images are left out, and groups of one.',
  })
  groups(
    @Root() scan: DuplicateScan,
    @Arg('kind', () => DuplicateKindEnum, { nullable: true, description: 'Only of this kind.' })
    kind: DuplicateKind | null | undefined,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' })
    first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'How many to skip.' })
    offset: number,
  ): Promise<FoundDuplicates[]> {
    return this.service.groups(scan, {
      kind: kind ?? null,
      offset: requireRange('offset', offset, 0, 2 ** 31),
      limit: requireRange('first', first, 1, MAX_PAGE),
    });
  }

  @FieldResolver(() => Int, { description: 'How many groups there are.' })
  groupCount(
    @Root() scan: DuplicateScan,
    @Arg('kind', () => DuplicateKindEnum, { nullable: true, description: 'Only of this kind.' })
    kind: DuplicateKind | null | undefined,
  ): Promise<number> {
    return this.service.groupCount(scan, kind ?? null);
  }
}

@Resolver(() => DatasetType)
export class DatasetDuplicateResolver {
  constructor(private readonly service: DuplicateService) {}

  @FieldResolver(() => DuplicateScanType, {
    nullable: true,
    description:
      'The latest look for duplicates; null where nobody has looked since the server started.',
  })
  duplicateScan(@Root() dataset: Dataset): DuplicateScan | null {
    return this.service.latest(dataset.id);
  }
}
