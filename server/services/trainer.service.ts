import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { epochCount, hyperparameter } from '../domain/architecture.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import { inputSpecFor } from '../domain/input-spec.js';
import { wordsOfOutcome } from '../domain/model-activation.js';
import type { InputSpec } from '../domain/model.js';
import type { Lease, RunFailure, TrainingRun } from '../domain/training-run.js';
import type { Blobs } from '../ports/blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Log } from '../ports/log.js';
import type {
  ExactSearch,
  NetworkRecipe,
  Networks,
  PlainComparisons,
  TrainableNetwork,
} from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';
import type { TrainingQueue, TrainingRuns } from '../ports/training-runs.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { ModelPublisher } from './model-publisher.js';
import { PictureLoader, type LoadedPictures } from './picture-loading.js';
import { ProbePictures } from './probe-pictures.js';
import { RunPulse, RunStopped } from './run-pulse.js';

const MAX_ATTEMPTS = 3;
const ALL = Number.MAX_SAFE_INTEGER;

export interface TrainerParts {
  readonly queue: TrainingQueue;
  readonly runs: TrainingRuns;
  readonly images: Images;
  readonly blobs: Blobs;
  readonly pictures: Pictures;
  readonly embeddings: Embeddings;
  readonly indexes: VectorIndexes;
  readonly networks: () => Promise<Networks>;
  readonly exactSearch: () => Promise<ExactSearch>;
  readonly comparisons: () => Promise<PlainComparisons>;
  readonly log: Log;
  /** Tells whoever follows the run that its rows have changed. */
  readonly announce: (runId: number) => void;
}

/** Works off the queue of training runs, one at a time. */
export class Trainer {
  private readonly loader: PictureLoader;
  private readonly probes: ProbePictures;
  private readonly publisher: ModelPublisher;

  constructor(private readonly parts: TrainerParts) {
    const { images, blobs, pictures, embeddings, indexes, exactSearch, comparisons } = parts;
    this.loader = new PictureLoader(images, blobs, pictures);
    this.probes = new ProbePictures(images, this.loader, blobs, pictures);
    this.publisher = new ModelPublisher(
      images,
      this.loader,
      blobs,
      embeddings,
      indexes,
      exactSearch,
      comparisons,
      (runId, message) => this.note(runId, message),
    );
  }

  /** Takes the next run and works on it until it ends or is to stop. False if none waits. */
  async runNext(signal: AbortSignal): Promise<boolean> {
    const { queue, announce } = this.parts;
    const claimed = await queue.claim(MAX_ATTEMPTS, announce);
    if (!claimed) return false;
    const { run, lease } = claimed;
    const pulse = new RunPulse(queue, lease, () => announce(run.id), signal);
    try {
      await this.train(run, lease, pulse);
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

  private async train(run: TrainingRun, lease: Lease, pulse: RunPulse): Promise<void> {
    await pulse.enter('LOADING');
    const input = await this.inputSpec(run);
    const limit = hyperparameter(run.hyperparameters, 'trainingImages') || ALL;
    const onLoaded = (share: number) => pulse.beat(share);
    const training = await this.loader.all(run.datasetId, 'TRAIN', input, limit, onLoaded);
    await this.tellFailures(run, training);
    const network = await this.network(run, input, training.count);
    try {
      const probes = await this.probes.load(run.datasetId, input);
      await pulse.enter('TRAINING');
      await this.learn(run, lease, pulse, network, training, probes);
      const model = await this.publisher.publish(run, network, pulse);
      const outcome = await this.parts.queue.succeed(lease, model);
      await this.note(run.id, wordsOfOutcome(model, outcome));
    } finally {
      network.dispose();
    }
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

  /** A new network, or the one of the run's checkpoint. */
  private async network(
    run: TrainingRun,
    input: InputSpec,
    imageCount: number,
  ): Promise<TrainableNetwork> {
    const networks = await this.parts.networks();
    const { architecture, hyperparameters } = run;
    const recipe: NetworkRecipe = { architecture, hyperparameters, input };
    const checkpoint = await this.parts.runs.checkpoint(run.id);
    if (!checkpoint) {
      const size = `${input.width}x${input.height}x${input.channels}`;
      await this.note(
        run.id,
        `training on ${imageCount} images of ${size}, process ${process.pid}`,
      );
      return networks.create(recipe);
    }
    await this.note(run.id, `going on after epoch ${checkpoint.epoch}, process ${process.pid}`);
    return networks.resume(recipe, await this.checkpointBytes(checkpoint.blobId));
  }

  private async learn(
    run: TrainingRun,
    lease: Lease,
    pulse: RunPulse,
    network: TrainableNetwork,
    training: LoadedPictures,
    probes: LoadedPictures,
  ): Promise<void> {
    const { queue, runs, blobs } = this.parts;
    const epochs = epochCount(run.hyperparameters);
    while (network.epoch < epochs) {
      const start = performance.now();
      const done = network.epoch;
      const loss = await network.trainEpoch(training, (share) =>
        pulse.beat((done + share) / epochs),
      );
      const seconds = (performance.now() - start) / 1000;
      const previous = await runs.checkpoint(run.id);
      const checkpointBlobId = await blobs.put(await network.checkpoint(`run ${run.id}`));
      const reconstructions = await this.probes.redraw(network, probes);
      const epoch = network.epoch;
      await queue.finishEpoch(lease, { epoch, loss, seconds, checkpointBlobId, reconstructions });
      if (previous) await blobs.delete(previous.blobId);
      await this.note(run.id, `epoch ${epoch}: loss ${loss.toFixed(3)} in ${seconds.toFixed(1)} s`);
    }
  }

  /** As the run says; one from before runs did is fed pictures as large as the first image. */
  private async inputSpec(run: TrainingRun): Promise<InputSpec> {
    if (run.input) return run.input;
    const [first] = await this.parts.images.page(run.datasetId, { split: 'TRAIN' }, { limit: 1 });
    if (!first) throw new LookalikeError('DATASET_NOT_READY', 'The dataset has no TRAIN images.');
    return inputSpecFor(first);
  }

  private async checkpointBytes(blobId: string): Promise<Uint8Array> {
    try {
      return await this.parts.blobs.get(blobId);
    } catch (thrown) {
      throw new LookalikeError(
        'CHECKPOINT_CORRUPT',
        `The checkpoint cannot be read: ${reasonOf(thrown)} Start a new run.`,
        { cause: thrown },
      );
    }
  }

  private async stop(lease: Lease, thrown: unknown): Promise<void> {
    const { queue } = this.parts;
    if (thrown instanceof LookalikeError && thrown.code === 'LEASE_LOST') return;
    if (thrown instanceof RunStopped) {
      await this.note(lease.runId, `stopped: ${thrown.message}`);
      await queue.stop(lease, thrown.status, null);
      return;
    }
    const failure: RunFailure = {
      code: thrown instanceof LookalikeError ? thrown.code : 'INTERNAL',
      message: reasonOf(thrown),
    };
    this.parts.log.error(
      `training run ${lease.runId} failed: ${thrown instanceof Error ? thrown.stack : failure.message}`,
    );
    await this.note(lease.runId, `failed: ${failure.message}`);
    await queue.stop(lease, 'FAILED', failure);
  }

  private async note(runId: number, message: string): Promise<void> {
    await this.parts.runs.appendLog(runId, message);
    this.parts.announce(runId);
  }
}
