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
import type { Dataset } from '../domain/dataset.js';
import { LookalikeError } from '../domain/errors.js';
import type { Estimate } from '../domain/evaluation.js';
import {
  sweepStatus,
  usedSeconds,
  type Sweep,
  type SweepStatus,
  type SweptDial,
} from '../domain/sweep.js';
import { validationEstimate, type RankedRun } from '../domain/sweep-ranking.js';
import { hasEnded, type TrainingRun } from '../domain/training-run.js';
import { DatasetService } from '../services/dataset.service.js';
import { SweepService } from '../services/sweep.service.js';
import { Hyperparameter } from './architecture.type.js';
import type { ApiContext } from './context.js';
import { DatasetType } from './dataset.type.js';
import { SweepStatusEnum } from './enums.js';
import { EstimateType } from './evaluation.type.js';
import { parseId, parseOptionalId } from './ids.js';
import { Requires } from './requires.js';
import { StartSweepInput, SweepSettingType, SweepType, type SweptDialInput } from './sweep.type.js';
import { TrainingRunType } from './training-run.type.js';

@Resolver(() => SweepType)
export class SweepResolver {
  constructor(
    private readonly sweepService: SweepService,
    private readonly datasets: DatasetService,
  ) {}

  @Requires('SEARCH')
  @Query(() => [SweepType], { description: 'Sweeps, newest first.' })
  sweeps(
    @Arg('datasetId', () => ID, { nullable: true, description: 'Only of this dataset.' })
    datasetId: string | null | undefined,
  ): Promise<Sweep[]> {
    return this.sweepService.list(parseOptionalId(datasetId));
  }

  @Requires('SEARCH', { ids: 'sweep' })
  @Query(() => SweepType, { description: 'One sweep. Errors: SWEEP_NOT_FOUND.' })
  sweep(@Arg('id', () => ID, { description: 'Id of the sweep.' }) id: string): Promise<Sweep> {
    return this.sweepService.get(parseId(id));
  }

  @Requires('ADMIN')
  @Mutation(() => SweepType, {
    description:
      'Queues a training run for each of several settings and answers at once. They are tried one after ' +
      'another, behind runs that were started alone; those that lag behind the others are stopped early. ' +
      'Each that gets to its end leaves a model, and none becomes active by itself. ' +
      'Errors: DATASET_NOT_FOUND, DATASET_NOT_READY, ARCHITECTURE_NOT_FOUND, HYPERPARAMETER_INVALID, ' +
      'INPUT_INVALID, INVALID_ARGUMENT.',
  })
  startSweep(
    @Arg('input', () => StartSweepInput, { description: 'Which settings to try on what.' })
    input: StartSweepInput,
    @Ctx() { request }: ApiContext,
  ): Promise<Sweep> {
    const { datasetId, hyperparameters, dials, budgetMinutes, ...rest } = input;
    return this.sweepService.start({
      ...rest,
      datasetId: parseId(datasetId),
      hyperparameters: Object.fromEntries(hyperparameters.map(({ name, value }) => [name, value])),
      input: input.input ?? null,
      dials: dials.map(dialOf),
      budgetSeconds: budgetMinutes * 60,
      origin: request.origin,
    });
  }

  @Requires('ADMIN', { ids: 'sweep' })
  @Mutation(() => SweepType, {
    description:
      'Stops a sweep: runs that wait end at once, one that goes on keeps its checkpoint. ' +
      'Errors: SWEEP_NOT_FOUND, SWEEP_NOT_CANCELLABLE.',
  })
  cancelSweep(
    @Arg('id', () => ID, { description: 'Id of the sweep.' }) id: string,
  ): Promise<Sweep> {
    return this.sweepService.cancel(parseId(id));
  }

  @Requires('SEARCH', { ids: 'sweep' })
  @Subscription(() => SweepType, {
    description:
      'Follows a sweep: at once, and whenever one of its runs has another status or one epoch more; ' +
      'completes when all have ended. Errors: SWEEP_NOT_FOUND.',
    subscribe: ({ args, context }: { args: { readonly id: string }; context: ApiContext }) =>
      context.sweeps.follow(parseId(args.id)),
  })
  sweepProgress(
    @Root() sweep: Sweep,
    @Arg('id', () => ID, { description: 'Id of the sweep.' }) _id: string,
  ): Sweep {
    return sweep;
  }

  @FieldResolver(() => SweepStatusEnum, { description: 'Where it stands.' })
  async status(@Root() sweep: Sweep): Promise<SweepStatus> {
    return sweepStatus(await this.sweepService.runsOf(sweep.id));
  }

  @FieldResolver(() => Float, {
    description: 'Seconds that trainers have worked on its runs so far, all together.',
  })
  async usedSeconds(@Root() sweep: Sweep): Promise<number> {
    return usedSeconds(await this.sweepService.runsOf(sweep.id));
  }

  @FieldResolver(() => Int, { description: 'Settings that it tries.' })
  async settingCount(@Root() sweep: Sweep): Promise<number> {
    return (await this.sweepService.runsOf(sweep.id)).length;
  }

  @FieldResolver(() => Int, { description: 'Settings whose runs have ended, however.' })
  async endedCount(@Root() sweep: Sweep): Promise<number> {
    const runs = await this.sweepService.runsOf(sweep.id);
    return runs.filter(({ status }) => hasEnded(status)).length;
  }

  @FieldResolver(() => [SweepSettingType], {
    description:
      'The settings, the best first: ranked by the validation score on images of the TRAIN split, never by ' +
      'the evaluation on the TEST split.',
  })
  settings(@Root() sweep: Sweep): Promise<RankedRun[]> {
    return this.sweepService.ranked(sweep.id);
  }

  @FieldResolver(() => [Hyperparameter], { description: 'What all settings have in common.' })
  hyperparameters(@Root() { hyperparameters, dials }: Sweep): Hyperparameter[] {
    const swept = new Set(dials.map(({ name }) => name));
    return Object.entries(hyperparameters)
      .filter(([name]) => !swept.has(name))
      .map(([name, value]) => ({ name, value }));
  }

  @FieldResolver(() => DatasetType, { description: 'The dataset that it trains on.' })
  dataset(@Root() sweep: Sweep): Promise<Dataset> {
    return this.datasets.get(sweep.datasetId);
  }
}

@Resolver(() => SweepSettingType)
export class SweepSettingResolver {
  @FieldResolver(() => EstimateType, {
    nullable: true,
    description:
      'The score with a 95 % interval that is wide enough whatever its queries scored one by one.',
  })
  estimate(@Root() { score }: RankedRun): Estimate | null {
    return score && validationEstimate(score);
  }
}

@Resolver(() => TrainingRunType)
export class TrainingRunSweepResolver {
  constructor(private readonly sweepService: SweepService) {}

  @FieldResolver(() => SweepType, {
    nullable: true,
    description: 'The sweep that it is a setting of; null where it was started alone.',
  })
  sweep(@Root() { sweepId }: TrainingRun): Promise<Sweep> | null {
    return sweepId === null ? null : this.sweepService.get(sweepId);
  }
}

/** @throws LookalikeError INVALID_ARGUMENT unless it has either values or a range */
function dialOf({ name, values, range }: SweptDialInput): SweptDial {
  if (values && !range) return { name, values, range: null };
  if (range && !values) return { name, values: null, range };
  throw new LookalikeError('INVALID_ARGUMENT', `"dials": give "${name}" either values or a range.`);
}
