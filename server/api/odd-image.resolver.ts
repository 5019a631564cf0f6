import { Arg, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Dataset } from '../domain/dataset.js';
import { OddImageService, type OddImage } from '../services/odd-image.service.js';
import { DatasetType } from './dataset.type.js';
import { requireRange } from './ids.js';
import { OddImageType } from './odd-image.type.js';

const MAX_PAGE = 200;

@Resolver(() => DatasetType)
export class OddImageResolver {
  constructor(private readonly service: OddImageService) {}

  @FieldResolver(() => [OddImageType], {
    description: 'The images that the active model redraws worst, worst first; empty without one.',
  })
  oddImages(
    @Root() dataset: Dataset,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 200.' })
    first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'How many to skip.' })
    offset: number,
  ): Promise<OddImage[]> {
    const limit = requireRange('first', first, 1, MAX_PAGE);
    return this.service.list(dataset, requireRange('offset', offset, 0, 2 ** 31), limit);
  }
}
