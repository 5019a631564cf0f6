import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import type { AugmentationPreviewService } from '../services/augmentation-preview.service.js';
import type { AccessService } from '../services/access.service.js';
import type { AuditService } from '../services/audit.service.js';
import type { BundleExport } from '../services/bundle-export.js';
import type { BundleImport } from '../services/bundle-import.js';
import type { DatasetDeletion } from '../services/dataset-deletion.js';
import type { DuplicateService } from '../services/duplicate.service.js';
import type { ExplanationService } from '../services/explanation.service.js';
import type { FamiliarityService } from '../services/familiarity.js';
import type { EmbeddingMapService } from '../services/embedding-map.service.js';
import type { ImageDetails } from '../services/image-details.service.js';
import type { ImageWriter } from '../services/image-writer.js';
import type { LabelReviewService } from '../services/label-review.service.js';
import type { OddImageService } from '../services/odd-image.service.js';
import type { TrainingProposalService } from '../services/training-proposal.service.js';
import type { DatasetService } from '../services/dataset.service.js';
import type { Readiness } from '../services/readiness.js';
import type { FashionMnistService } from '../services/fashion-mnist.service.js';
import type { ImageService } from '../services/image.service.js';
import type { ModelChoiceService } from '../services/model-choice.service.js';
import type { ModelService } from '../services/model.service.js';
import type { SearchService } from '../services/search.service.js';
import type { SweepService } from '../services/sweep.service.js';
import type { SessionService } from '../services/session.service.js';
import type { TrainingService } from '../services/training.service.js';
import type { Visibility } from '../services/visibility.js';
import { AccessKeyResolver } from './access-key.resolver.js';
import { AddImagesResolver } from './add-images.resolver.js';
import { AugmentationResolver } from './augmentation.resolver.js';
import { DatasetContentsResolver } from './dataset-contents.resolver.js';
import { DatasetDuplicateResolver, DuplicateResolver } from './duplicate.resolver.js';
import { EvaluationDetailsResolver } from './evaluation.resolver.js';
import { EmbeddingMapResolver, ModelMapResolver } from './embedding-map.resolver.js';
import { ExplanationResolver } from './explanation.resolver.js';
import { resolveDirectly } from './direct-resolvers.js';
import { guardSchema } from './guard.js';
import { LabelReviewResolver } from './label-review.resolver.js';
import { OddImageResolver } from './odd-image.resolver.js';
import {
  DatasetTrainingProposalResolver,
  TrainingProposalResolver,
} from './training-proposal.resolver.js';
import { ArchitectureResolver } from './architecture.resolver.js';
import { auditMutations } from './audited.js';
import { AuditResolver } from './audit.resolver.js';
import { DatasetResolver } from './dataset.resolver.js';
import { ImageResolver } from './image.resolver.js';
import { ModelChoiceResolver } from './model-choice.resolver.js';
import { ModelIndexResolver, ModelResolver } from './model.resolver.js';
import { SearchResolver } from './search.resolver.js';
import { EpochReconstructionResolver, EpochResolver } from './epoch.resolver.js';
import { SweepResolver, SweepSettingResolver, TrainingRunSweepResolver } from './sweep.resolver.js';
import { TrainingRunResolver } from './training-run.resolver.js';

export interface Services {
  readonly augmentation: AugmentationPreviewService;
  readonly access: AccessService;
  readonly audit: AuditService;
  readonly bundleExport: BundleExport;
  readonly bundleImport: BundleImport;
  readonly deletion: DatasetDeletion;
  readonly duplicates: DuplicateService;
  readonly explanations: ExplanationService;
  readonly familiarity: FamiliarityService;
  readonly imageDetails: ImageDetails;
  readonly labels: LabelReviewService;
  readonly maps: EmbeddingMapService;
  readonly oddImages: OddImageService;
  readonly readiness: Readiness;
  readonly proposals: TrainingProposalService;
  readonly writer: ImageWriter;
  readonly datasets: DatasetService;
  readonly fashionMnist: FashionMnistService;
  readonly images: ImageService;
  readonly modelChoice: ModelChoiceService;
  readonly models: ModelService;
  readonly search: SearchService;
  readonly sweeps: SweepService;
  readonly sessions: SessionService;
  readonly training: TrainingService;
  readonly visibility: Visibility;
}

const RESOLVERS = [
  AccessKeyResolver,
  AddImagesResolver,
  ArchitectureResolver,
  AuditResolver,
  AugmentationResolver,
  DatasetContentsResolver,
  DatasetDuplicateResolver,
  DatasetResolver,
  DatasetTrainingProposalResolver,
  DuplicateResolver,
  EmbeddingMapResolver,
  EpochReconstructionResolver,
  EpochResolver,
  EvaluationDetailsResolver,
  ExplanationResolver,
  ImageResolver,
  ModelChoiceResolver,
  LabelReviewResolver,
  ModelIndexResolver,
  ModelMapResolver,
  ModelResolver,
  OddImageResolver,
  SearchResolver,
  SweepResolver,
  SweepSettingResolver,
  TrainingProposalResolver,
  TrainingRunResolver,
  TrainingRunSweepResolver,
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
  resolveDirectly(schema, instances);
  const guard = () => guardSchema(schema, services?.visibility ?? null);
  if (services) auditMutations(schema, services.audit, guard);
  else guard();
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
  const { datasets, images, models, training } = services;
  return new Map<unknown, unknown>([
    [AccessKeyResolver, new AccessKeyResolver(services.access)],
    [AddImagesResolver, new AddImagesResolver(services.writer)],
    [ArchitectureResolver, new ArchitectureResolver(training)],
    [AuditResolver, new AuditResolver(services.audit)],
    [AugmentationResolver, new AugmentationResolver(services.augmentation)],
    [DatasetContentsResolver, new DatasetContentsResolver(datasets)],
    [DatasetDuplicateResolver, new DatasetDuplicateResolver(services.duplicates)],
    [
      DatasetResolver,
      new DatasetResolver(datasets, services.fashionMnist, models, training, services.deletion),
    ],
    [DatasetTrainingProposalResolver, new DatasetTrainingProposalResolver(services.proposals)],
    [DuplicateResolver, new DuplicateResolver(services.duplicates)],
    [EmbeddingMapResolver, new EmbeddingMapResolver(services.maps)],
    [EpochReconstructionResolver, new EpochReconstructionResolver()],
    [EpochResolver, new EpochResolver(training, images)],
    [EvaluationDetailsResolver, new EvaluationDetailsResolver(images)],
    [ExplanationResolver, new ExplanationResolver(services.explanations)],
    [ImageResolver, new ImageResolver(images, datasets, services.imageDetails)],
    [ModelChoiceResolver, new ModelChoiceResolver(services.modelChoice)],
    [LabelReviewResolver, new LabelReviewResolver(services.labels, services.writer)],
    [ModelIndexResolver, new ModelIndexResolver()],
    [ModelMapResolver, new ModelMapResolver(services.maps)],
    [ModelResolver, new ModelResolver(models, datasets, training)],
    [OddImageResolver, new OddImageResolver(services.oddImages)],
    [SearchResolver, new SearchResolver(services.search, services.familiarity, training)],
    [SweepResolver, new SweepResolver(services.sweeps, datasets)],
    [SweepSettingResolver, new SweepSettingResolver()],
    [TrainingRunSweepResolver, new TrainingRunSweepResolver(services.sweeps)],
    [TrainingProposalResolver, new TrainingProposalResolver()],
    [TrainingRunResolver, new TrainingRunResolver(training, datasets, models)],
  ]);
}
