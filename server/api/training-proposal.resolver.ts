import { Arg, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Dataset } from '../domain/dataset.js';
import type { TrainingProposal } from '../domain/training-proposal.js';
import { TrainingProposalService } from '../services/training-proposal.service.js';
import { Hyperparameter } from './architecture.type.js';
import { DatasetType } from './dataset.type.js';
import { TrainingProposalType } from './training-proposal.type.js';

@Resolver(() => DatasetType)
export class DatasetTrainingProposalResolver {
  constructor(private readonly proposals: TrainingProposalService) {}

  @FieldResolver(() => TrainingProposalType, {
    description:
      'What a training on these images would best be started with, and what speaks against one.',
  })
  trainingProposal(
    @Root() dataset: Dataset,
    @Arg('architecture', () => String, { description: 'Name of the architecture.' })
    architecture: string,
  ): Promise<TrainingProposal> {
    return this.proposals.propose(dataset.id, architecture);
  }
}

@Resolver(() => TrainingProposalType)
export class TrainingProposalResolver {
  @FieldResolver(() => [Hyperparameter], { description: 'The dials.' })
  hyperparameters(@Root() proposal: TrainingProposal): Hyperparameter[] {
    return Object.entries(proposal.hyperparameters).map(([name, value]) => ({ name, value }));
  }
}
