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
  Subscription,
} from 'type-graphql';
import { epochCount } from '../domain/architecture.js';
import type { Dataset } from '../domain/dataset.js';
import type { Model } from '../domain/model.js';
import {
  hasEnded,
  isResumable,
  secondsLeft,
  type Epoch,
  type RunLogLine,
  type TrainingRun,
} from '../domain/training-run.js';
import { bestEpoch, isOutOfPatience, patienceOf } from '../domain/validation.js';
import { DatasetService } from '../services/dataset.service.js';
import { ModelService } from '../services/model.service.js';
import { TrainingService, type TrainingProgress } from '../services/training.service.js';
import { Hyperparameter } from './architecture.type.js';
import type { ApiContext } from './context.js';
import { DatasetType } from './dataset.type.js';
import { EpochType } from './epoch.type.js';
import { parseId, parseOptionalId, requireRange } from './ids.js';
import { ModelType } from './model.type.js';
import { Requires } from './requires.js';
import {
  RunLogLineType,
  StartTrainingInput,
  TrainingProgressType,
  TrainingRunType,
} from './training-run.type.js';

const MAX_EPOCHS = 1_000_000;

interface ProgressArguments {
  readonly runId: string;
  readonly afterEpoch: number;
}

@Resolver(() => TrainingRunType)
export class TrainingRunResolver {
  constructor(
    private readonly training: TrainingService,
    private readonly datasets: DatasetService,
    private readonly models: ModelService,
  ) {}

  @Requires('SEARCH', { ids: 'run' })
  @Query(() => [TrainingRunType], { description: 'Training runs, newest first.' })
  async trainingRuns(
    @Arg('datasetId', () => ID, { nullable: true, description: 'Only of this dataset.' })
    datasetId: string | null | undefined,
    @Arg('ids', () => [ID], { nullable: true, description: 'Only these, as far as there are.' })
    ids: string[] | null | undefined,
  ): Promise<TrainingRun[]> {
    const runs = await this.training.list(parseOptionalId(datasetId));
    const wanted = ids && new Set(ids.map(parseId));
    return wanted ? runs.filter(({ id }) => wanted.has(id)) : runs;
  }

  @Requires('SEARCH', { ids: 'run' })
  @Query(() => TrainingRunType, {
    description: 'One training run. Errors: TRAINING_RUN_NOT_FOUND.',
  })
  trainingRun(
    @Arg('id', () => ID, { description: 'Id of the run.' }) id: string,
  ): Promise<TrainingRun> {
    return this.training.get(parseId(id));
  }

  @Requires('ADMIN')
  @Mutation(() => TrainingRunType, {
    description:
      'Queues a training run and answers at once; when it succeeds its model becomes active, ' +
      'unless it is worse than the active one. Errors: DATASET_NOT_FOUND, DATASET_NOT_READY, ARCHITECTURE_NOT_FOUND, HYPERPARAMETER_INVALID, ' +
      'INPUT_INVALID.',
  })
  startTraining(
    @Arg('input', () => StartTrainingInput, { description: 'What to train on what.' })
    input: StartTrainingInput,
    @Ctx() { request }: ApiContext,
  ): Promise<TrainingRun> {
    const given = input.hyperparameters.map(({ name, value }) => [name, value] as const);
    return this.training.start(
      parseId(input.datasetId),
      input.architecture,
      Object.fromEntries(given),
      input.input ?? null,
      request.origin,
    );
  }

  @Requires('ADMIN')
  @Mutation(() => TrainingRunType, {
    description:
      'Stops a run; it keeps its checkpoint. Errors: TRAINING_RUN_NOT_FOUND, RUN_NOT_CANCELLABLE.',
  })
  cancelTraining(
    @Arg('runId', () => ID, { description: 'Id of the run.' }) runId: string,
  ): Promise<TrainingRun> {
    return this.training.cancel(parseId(runId));
  }

  @Requires('ADMIN')
  @Mutation(() => TrainingRunType, {
    description:
      'Queues a cancelled, failed or interrupted run again; it goes on from its checkpoint. ' +
      'Errors: TRAINING_RUN_NOT_FOUND, RUN_NOT_RESUMABLE.',
  })
  resumeTraining(
    @Arg('runId', () => ID, { description: 'Id of the run.' }) runId: string,
    @Ctx() { request }: ApiContext,
  ): Promise<TrainingRun> {
    return this.training.resume(parseId(runId), request.origin);
  }

  @Requires('ADMIN')
  @Mutation(() => ID, {
    description:
      'Deletes an ended run that left no model. Answers with its id. ' +
      'Errors: TRAINING_RUN_NOT_FOUND, RUN_NOT_DELETABLE.',
  })
  async deleteTrainingRun(
    @Arg('runId', () => ID, { description: 'Id of the run.' }) runId: string,
  ): Promise<string> {
    await this.training.delete(parseId(runId));
    return runId;
  }

  @Requires('SEARCH')
  @Subscription(() => TrainingProgressType, {
    description:
      'Follows a run: first every epoch after `afterEpoch`, then each new one as it is finished, ' +
      'with every change of status or phase; completes when the run has ended. ' +
      'Errors: TRAINING_RUN_NOT_FOUND.',
    subscribe: ({ args, context }: { args: ProgressArguments; context: ApiContext }) =>
      context.training.follow(
        parseId(args.runId),
        requireRange('afterEpoch', args.afterEpoch, 0, MAX_EPOCHS),
      ),
  })
  trainingProgress(
    @Root() progress: TrainingProgress,
    @Arg('runId', () => ID, { description: 'Id of the run.' }) _runId: string,
    @Arg('afterEpoch', () => Int, {
      defaultValue: 0,
      description: 'The last epoch that is known already; 0 replays all.',
    })
    _afterEpoch: number,
  ): TrainingProgress {
    return progress;
  }

  @FieldResolver(() => Int, { description: 'Epochs there will be.' })
  epochCount(@Root() run: TrainingRun): number {
    return epochCount(run.hyperparameters);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Estimate of the seconds until the last epoch is done, if it does not stop early; null before ' +
      'the first is.',
  })
  async secondsLeft(@Root() run: TrainingRun): Promise<number | null> {
    if (run.phase !== 'TRAINING') return null;
    const epochs = await this.training.epochs(run.id);
    if (isOutOfPatience(epochs, patienceOf(run.hyperparameters))) return 0;
    return secondsLeft(epochs, epochCount(run.hyperparameters), run.phaseProgress);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'The epoch with the best validation score so far; with `patience`, its weights become the model.',
  })
  async bestEpoch(@Root() run: TrainingRun): Promise<number | null> {
    return bestEpoch(await this.training.epochs(run.id));
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it trains no further, as `patience` epochs brought no better score.',
  })
  async stoppedEarly(@Root() run: TrainingRun): Promise<boolean> {
    const patience = patienceOf(run.hyperparameters);
    if (patience === 0 || run.epochsDone >= epochCount(run.hyperparameters)) return false;
    return isOutOfPatience(await this.training.epochs(run.id), patience);
  }

  @FieldResolver(() => EpochType, {
    nullable: true,
    description: 'The epoch of this number; null before it is done.',
  })
  async epoch(
    @Root() run: TrainingRun,
    @Arg('number', () => Int, { description: 'From 1.' }) number: number,
  ): Promise<Epoch | null> {
    return this.training.epoch(run.id, requireRange('number', number, 1, MAX_EPOCHS));
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Loss of the last epoch that is done; null before the first is.',
  })
  async lastLoss(@Root() run: TrainingRun): Promise<number | null> {
    if (run.epochsDone === 0) return null;
    return (await this.training.lastEpoch(run.id))?.loss ?? null;
  }

  @FieldResolver(() => [EpochType], { description: 'Its epochs, in order.' })
  epochs(
    @Root() run: TrainingRun,
    @Arg('after', () => Int, { defaultValue: 0, description: 'Only epochs after this one.' })
    after: number,
  ): Promise<Epoch[]> {
    return this.training.epochs(run.id, after);
  }

  @FieldResolver(() => [Hyperparameter], { description: 'What it trains with.' })
  hyperparameters(@Root() run: TrainingRun): Hyperparameter[] {
    return Object.entries(run.hyperparameters).map(([name, value]) => ({ name, value }));
  }

  @FieldResolver(() => [RunLogLineType], { description: 'What its trainers have told.' })
  log(
    @Root() run: TrainingRun,
    @Arg('after', () => Int, { defaultValue: 0, description: 'Only lines after this one.' })
    after: number,
  ): Promise<RunLogLine[]> {
    return this.training.log(run.id, after);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it can be cancelled.' })
  cancellable(@Root() run: TrainingRun): boolean {
    return !hasEnded(run.status) && !run.cancelRequested;
  }

  @FieldResolver(() => Boolean, { description: 'Whether it can be resumed.' })
  resumable(@Root() run: TrainingRun): boolean {
    return isResumable(run.status);
  }

  @FieldResolver(() => DatasetType, { description: 'The dataset it trains on.' })
  dataset(@Root() run: TrainingRun): Promise<Dataset> {
    return this.datasets.get(run.datasetId);
  }

  @FieldResolver(() => ModelType, { nullable: true, description: 'The model it left, if it did.' })
  model(@Root() run: TrainingRun): Promise<Model | null> {
    return run.modelId === null ? Promise.resolve(null) : this.models.find(run.modelId);
  }
}
