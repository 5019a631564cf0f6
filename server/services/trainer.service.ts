import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { hyperparameter } from '../domain/architecture.js';
import { isDiskFull } from '../domain/disk-full.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import { inputSpecFor } from '../domain/input-spec.js';
import { wordsOfOutcome } from '../domain/model-activation.js';
import type { InputSpec } from '../domain/model.js';
import type { Lease, RunFailure, TrainingRun } from '../domain/training-run.js';
import { validationShareOf } from '../domain/validation.js';
import type { Blobs } from '../ports/blobs.js';
import type { Datasets } from '../ports/datasets.js';
import type { DoomedBlobs } from '../ports/doomed-blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Log } from '../ports/log.js';
import type { Models } from '../ports/models.js';
import type {
  ExactSearch,
  Networks,
  PlainComparisons,
  TrainableNetwork,
} from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';
import type { Sweeps } from '../ports/sweeps.js';
import type { Tracing } from '../ports/tracing.js';
import type { TrainingQueue, TrainingRuns } from '../ports/training-runs.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { EpochLoop, type TrainingEnd } from './epoch-loop.js';
import { ModelPublisher } from './model-publisher.js';
import { PictureLoader, trainingSetOf, type LoadedPictures } from './picture-loading.js';
import { ProbePictures } from './probe-pictures.js';
import { RunGate } from './run-gate.js';
import { RunNetworks } from './run-networks.js';
import { RunPulse, RunStopped } from './run-pulse.js';
import { SweepPacing } from './sweep-pacing.js';
import { chooseValidationSet, holdOut } from './validation-set.js';

const MAX_ATTEMPTS = 3;
const ALL = Number.MAX_SAFE_INTEGER;

export interface TrainerParts {
  readonly queue: TrainingQueue;
  readonly runs: TrainingRuns;
  readonly sweeps: Sweeps;
  readonly datasets: Datasets;
  readonly models: Models;
  readonly images: Images;
  readonly blobs: Blobs;
  readonly doomed: DoomedBlobs;
  readonly pictures: Pictures;
  readonly embeddings: Embeddings;
  readonly indexes: VectorIndexes;
  readonly networks: () => Promise<Networks>;
  readonly exactSearch: () => Promise<ExactSearch>;
  readonly comparisons: () => Promise<PlainComparisons>;
  readonly log: Log;
  readonly tracing: Tracing;
  /** Tells whoever follows the run that its rows have changed. */
  readonly announce: (runId: number) => void;
}

/** Works off the queue of training runs, one at a time. */
export class Trainer {
  private readonly loader: PictureLoader;
  private readonly probes: ProbePictures;
  private readonly networks: RunNetworks;
  private readonly pacing: SweepPacing;
  private readonly epochs: EpochLoop;
  private readonly publisher: ModelPublisher;
  private readonly gate: RunGate;
  /** With what the run at hand is found by. */
  private log: Log;

  constructor(private readonly parts: TrainerParts) {
    this.log = parts.log;
    const { images, blobs, pictures, embeddings, indexes, exactSearch, comparisons } = parts;
    this.loader = new PictureLoader(images, blobs, pictures);
    this.probes = new ProbePictures(images, this.loader, blobs, pictures);
    this.networks = new RunNetworks(parts.networks, parts.runs, blobs);
    const note = (runId: number, message: string) => this.note(runId, message);
    this.pacing = new SweepPacing(parts.sweeps, parts.runs);
    this.epochs = new EpochLoop(parts, this.probes, exactSearch, this.pacing, note);
    this.gate = new RunGate(parts, note);
    this.publisher = new ModelPublisher(
      images,
      this.loader,
      blobs,
      embeddings,
      indexes,
      exactSearch,
      comparisons,
      note,
    );
  }

  /** Takes the next run and works on it until it ends or is to stop. False if none waits. */
  async runNext(signal: AbortSignal): Promise<boolean> {
    const { queue, announce } = this.parts;
    const claimed = await queue.claim(MAX_ATTEMPTS, announce);
    if (!claimed) return false;
    const { run, lease } = claimed;
    this.log = logOf(this.parts.log, run);
    const pulse = new RunPulse(queue, lease, () => announce(run.id), signal);
    try {
      await this.trainTraced(run, lease, pulse);
    } catch (thrown) {
      // A turn of the event loop, to learn whether the server is gone: then that is why.
      await turnOfTheEventLoop();
      const isOurs = thrown instanceof RunStopped || thrown instanceof LookalikeError;
      const reason = signal.aborted && !isOurs ? new RunStopped('INTERRUPTED') : thrown;
      await this.stop(lease, reason);
    } finally {
      announce(run.id);
    }
    return true;
  }

  /** As a part of what the request that started the run has done. */
  private trainTraced(run: TrainingRun, lease: Lease, pulse: RunPulse): Promise<void> {
    const { id, datasetId, architecture, origin } = run;
    const attributes = { 'lookalike.run': id, 'lookalike.dataset': datasetId, architecture };
    const parent = origin?.traceparent ?? null;
    return this.parts.tracing.inSpan('training run', { attributes, parent }, () =>
      this.train(run, lease, pulse),
    );
  }

  private async train(run: TrainingRun, lease: Lease, pulse: RunPulse): Promise<void> {
    if (run.epochsDone === 0 && (await this.pacing.isBudgetUsed(run))) {
      throw new RunStopped('CANCELLED', 'BUDGET', 'the time of its sweep is used up');
    }
    await pulse.enter('LOADING');
    const input = await this.inputSpec(run);
    const limit = hyperparameter(run.hyperparameters, 'trainingImages') || ALL;
    const onLoaded = (share: number) => pulse.beat(share);
    const loaded = await this.loader.all(run.datasetId, 'TRAIN', input, limit, onLoaded);
    await this.tellFailures(run, loaded);
    const share = validationShareOf(run.hyperparameters);
    const { training, heldOut } = holdOut(loaded, input, share);
    const beat = () => pulse.beat(1);
    const validationSet = await chooseValidationSet(training, heldOut, input, beat);
    const network = await this.networks.latest(run, input);
    try {
      await this.tellStart(run, input, network.epoch, training.count, heldOut.count);
      const probes = await this.probes.load(run.datasetId, input);
      await pulse.enter('TRAINING');
      const work = { run, lease, pulse, network, training, probes, validationSet };
      const end = await this.epochs.finish(work);
      if (end.stopped && !(await this.pacing.isBest(run))) {
        throw new RunStopped('CANCELLED', end.stopped.reason, end.stopped.message);
      }
      await this.publish(run, lease, pulse, network, training, end);
    } finally {
      network.dispose();
    }
  }

  /** Makes the model, of the best epoch where that is wanted and was kept. */
  private async publish(
    run: TrainingRun,
    lease: Lease,
    pulse: RunPulse,
    last: TrainableNetwork,
    training: LoadedPictures,
    { keepsBest, stopped }: TrainingEnd,
  ): Promise<void> {
    if (stopped) {
      const words = `after epoch ${last.epoch}: ${stopped.message}; it is the best so far`;
      await this.note(run.id, `stopped by its sweep ${words}`);
    }
    const best = keepsBest ? await this.networks.best(run, last.input, last.epoch) : null;
    try {
      if (best) await this.note(run.id, `the model is that of epoch ${best.epoch}, the best one`);
      const model = await this.parts.tracing.inSpan('make the model', {}, () =>
        this.publisher.publish(run, best ?? last, trainingSetOf(training), pulse),
      );
      const measured =
        run.sweepId === null ? await this.gate.measure(model, () => pulse.beat(1)) : null;
      const outcome = await this.parts.queue.succeed(lease, model, measured, stopped?.reason);
      await this.epochs.dropBest(run.id);
      await this.note(run.id, wordsOfOutcome(model, outcome));
    } finally {
      best?.dispose();
    }
  }

  private async tellStart(
    run: TrainingRun,
    { width, height, channels }: InputSpec,
    epoch: number,
    trained: number,
    heldOut: number,
  ): Promise<void> {
    const images = `${trained} images of ${width}x${height}x${channels}`;
    const besides = heldOut > 0 ? `, ${heldOut} more held out for validation` : '';
    const begins = epoch > 0 ? `going on after epoch ${epoch}` : `training on ${images}${besides}`;
    await this.note(run.id, `${begins}, process ${process.pid}`);
  }

  /** @throws LookalikeError DATASET_NOT_READY when there is nothing left to learn from */
  private async tellFailures(run: TrainingRun, training: LoadedPictures): Promise<void> {
    const { length } = training.failures;
    const [first] = training.failures;
    if (first) {
      const what = length === 1 ? '1 image that' : `${length} images that`;
      await this.note(run.id, `left out ${what} cannot be read: ${first.message}`);
    }
    if (training.count > 0) return;
    const reason = first
      ? `None of its ${length} TRAIN images can be read. The first is ${first.message}`
      : 'The dataset has no TRAIN images any more.';
    throw new LookalikeError('DATASET_NOT_READY', reason);
  }

  /** As the run says; one from before runs did is fed pictures as large as the first image. */
  private async inputSpec(run: TrainingRun): Promise<InputSpec> {
    if (run.input) return run.input;
    const [first] = await this.parts.images.page(run.datasetId, { split: 'TRAIN' }, { limit: 1 });
    if (!first) throw new LookalikeError('DATASET_NOT_READY', 'The dataset has no TRAIN images.');
    return inputSpecFor(first);
  }

  private async stop(lease: Lease, thrown: unknown): Promise<void> {
    const { queue } = this.parts;
    if (thrown instanceof LookalikeError && thrown.code === 'LEASE_LOST') return;
    if (thrown instanceof RunStopped) {
      await this.note(lease.runId, `stopped: ${thrown.message}`);
      await queue.stop(lease, thrown.status, null, thrown.reason);
      return;
    }
    const failure = failureOf(thrown);
    this.log.error(
      `training run ${lease.runId} failed: ${thrown instanceof Error ? thrown.stack : failure.message}`,
    );
    await this.note(lease.runId, `failed: ${failure.message}`);
    await queue.stop(lease, 'FAILED', failure);
  }

  private async note(runId: number, message: string): Promise<void> {
    this.log.info(message);
    await this.parts.runs.appendLog(runId, message);
    this.parts.announce(runId);
  }
}

function failureOf(thrown: unknown): RunFailure {
  if (isDiskFull(thrown)) {
    const message = 'The disk of the data directory is full. Make room, then resume the run.';
    return { code: 'DISK_FULL', message };
  }
  const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
  return { code, message: reasonOf(thrown) };
}

function logOf(log: Log, { id, origin }: TrainingRun): Log {
  return log.with({ runId: id, ...(origin && { requestId: origin.requestId }) });
}
