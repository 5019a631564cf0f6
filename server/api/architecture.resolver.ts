import { Arg, Query, Resolver } from 'type-graphql';
import type { Architecture } from '../domain/architecture.js';
import { TrainingService } from '../services/training.service.js';
import { ArchitectureType } from './architecture.type.js';
import { Requires } from './requires.js';

@Resolver(() => ArchitectureType)
export class ArchitectureResolver {
  constructor(private readonly training: TrainingService) {}

  @Requires('SEARCH')
  @Query(() => [ArchitectureType], { description: 'All architectures that can be trained.' })
  architectures(): readonly Architecture[] {
    return this.training.listArchitectures();
  }

  @Requires('SEARCH')
  @Query(() => ArchitectureType, {
    description: 'One architecture. Errors: ARCHITECTURE_NOT_FOUND.',
  })
  architecture(
    @Arg('name', () => String, { description: 'Name of the architecture.' }) name: string,
  ): Architecture {
    return this.training.architecture(name);
  }
}
