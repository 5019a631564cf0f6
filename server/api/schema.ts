import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import type { DatasetService } from '../services/dataset.service.js';
import type { FashionMnistService } from '../services/fashion-mnist.service.js';
import type { ImageService } from '../services/image.service.js';
import type { ModelService } from '../services/model.service.js';
import type { SearchService } from '../services/search.service.js';
import type { TrainingService } from '../services/training.service.js';
import { ArchitectureResolver } from './architecture.resolver.js';
import { DatasetResolver } from './dataset.resolver.js';
import { ImageResolver } from './image.resolver.js';
import { ModelResolver } from './model.resolver.js';
import { SearchResolver } from './search.resolver.js';
import {
  EpochReconstructionResolver,
  EpochResolver,
  TrainingRunResolver,
} from './training-run.resolver.js';

export interface Services {
  readonly datasets: DatasetService;
  readonly fashionMnist: FashionMnistService;
  readonly images: ImageService;
  readonly models: ModelService;
  readonly search: SearchService;
  readonly training: TrainingService;
}

const RESOLVERS = [
  ArchitectureResolver,
  DatasetResolver,
  EpochReconstructionResolver,
  EpochResolver,
  ImageResolver,
  ModelResolver,
  SearchResolver,
  TrainingRunResolver,
] as const;

/** The schema, answered by these services; without any it can be printed but not executed. */
export async function createSchema(services: Services | null): Promise<GraphQLSchema> {
  const instances = services ? resolversOf(services) : new Map<unknown, unknown>();
  const schema = await buildSchema({
    resolvers: RESOLVERS,
    container: { get: (resolver: unknown) => instances.get(resolver) },
    // Ranges are checked by the services, for every caller and with a code of ours.
    validate: false,
    // Asked for by type-graphql; our subscription has a source of its own.
    pubSub: createPubSub(),
  });
  describeRoots(schema);
  return schema;
}

/** type-graphql makes the three root types itself and leaves them without a word. */
function describeRoots(schema: GraphQLSchema): void {
  const roots = [
    [schema.getQueryType(), 'What can be asked: datasets, images, models, runs, neighbours.'],
    [schema.getMutationType(), 'What can be done: import, train, activate, delete.'],
    [schema.getSubscriptionType(), 'What can be followed.'],
  ] as const;
  for (const [type, description] of roots) if (type) type.description = description;
}

function resolversOf(services: Services): Map<unknown, unknown> {
  const { datasets, fashionMnist, images, models, search, training } = services;
  return new Map<unknown, unknown>([
    [ArchitectureResolver, new ArchitectureResolver(training)],
    [DatasetResolver, new DatasetResolver(datasets, fashionMnist, models, training)],
    [EpochReconstructionResolver, new EpochReconstructionResolver()],
    [EpochResolver, new EpochResolver(training, images)],
    [ImageResolver, new ImageResolver(images, datasets)],
    [ModelResolver, new ModelResolver(models, datasets, training)],
    [SearchResolver, new SearchResolver(search, training)],
    [TrainingRunResolver, new TrainingRunResolver(training, datasets, models)],
  ]);
}
