import { epochCount } from '../domain/architecture.js';
import { LookalikeError } from '../domain/errors.js';
import type { BlobId } from '../domain/image.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import type { Lease, TrainingRun } from '../domain/training-run.js';
import { bestEpoch, isOutOfPatience, patienceOf, type ScoredEpoch } from '../domain/validation.js';
import type { Blobs } from '../ports/blobs.js';
import type { DoomedBlobs } from '../ports/doomed-blobs.js';
import type { ExactSearch, TrainableNetwork } from '../ports/networks.js';
import type { Tracing } from '../ports/tracing.js';
import type { TrainingQueue, TrainingRuns } from '../ports/training-runs.js';
import { validateEpoch, type ValidatedEpoch } from './epoch-validation.js';
import { trainingSetOf, type LoadedPictures } from './picture-loading.js';
import type { ProbePictures } from './probe-pictures.js';
import type { RunPulse } from './run-pulse.js';
import type { SweepPacing, SweepVerdict } from './sweep-pacing.js';
import type { ValidationSet } from './validation-set.js';

/** A run with its network and all pictures that it learns from or is watched with. */
export interface EpochWork {
  readonly run: TrainingRun;
  readonly lease: Lease;
  readonly pulse: RunPulse;
  readonly network: TrainableNetwork;
  readonly training: LoadedPictures;
  /** Redrawn after every epoch. */
  readonly probes: LoadedPictures;
  /** Null where there is nothing to validate with. */
  readonly validationSet: ValidationSet | null;
}

export interface EpochStores {
  readonly queue: TrainingQueue;
  readonly runs: TrainingRuns;
  readonly blobs: Blobs;
  readonly doomed: DoomedBlobs;
  readonly tracing: Tracing;
}

/** How the epochs of a run have ended. */
export interface TrainingEnd {
  /** Whether the model is to be that of the best epoch, and not that of the last. */
  readonly keepsBest: boolean;
  /** Why its sweep has stopped it, if it has. */
  readonly stopped: SweepVerdict | null;
}

/** Trains a network epoch by epoch, and leaves after each what the run can go on from. */
export class EpochLoop {
  constructor(
    private readonly stores: EpochStores,
    private readonly probes: ProbePictures,
    private readonly exactSearch: () => Promise<ExactSearch>,
    private readonly pacing: SweepPacing,
    private readonly note: (runId: number, message: string) => Promise<void>,
  ) {}

  /**
   * Goes on until the last epoch, until the run is out of patience, until it diverges, or until its sweep
   * stops it.
   * @throws LookalikeError TRAINING_DIVERGED in the first epoch, which leaves nothing to keep
   */
  async finish(work: EpochWork): Promise<TrainingEnd> {
    const { run, lease, pulse, network } = work;
    const { queue, runs, blobs } = this.stores;
    const epochs = epochCount(run.hyperparameters);
    const patience = patienceOf(run.hyperparameters);
    const set = trainingSetOf(work.training);
    const finished: ScoredEpoch[] = await runs.epochs(run.id, 0);
    while (network.epoch < epochs && !isOutOfPatience(finished, patience)) {
      const verdict = await this.pacing.verdict(run, finished);
      if (verdict) return { keepsBest: patience > 0, stopped: verdict };
      const start = performance.now();
      const done = network.epoch;
      const ofEpoch = (share: number) => pulse.beat((done + share) / epochs);
      const [training, validating] = inParts(ofEpoch, 9, work.validationSet ? 1 : 0);
      const options = { attributes: { 'lookalike.run': run.id, epoch: done + 1 } };
      const loss = await this.unlessDiverged(work, () =>
        this.stores.tracing.inSpan('epoch', options, () => network.trainEpoch(set, training)),
      );
      if (loss === null) return { keepsBest: true, stopped: null };
      const seconds = (performance.now() - start) / 1000;
      const epoch = network.epoch;
      const validated = await this.validate(work, validating);
      const checkpointBlobId = await blobs.put(await network.checkpoint(`run ${run.id}`));
      const reconstructions = await this.probes.redraw(run.id, network, work.probes);
      finished.push({ epoch, validation: validated?.validation ?? null });
      // Also without patience: what a run that diverges falls back on.
      const isBest = bestEpoch(finished) === epoch;
      const row = { epoch, loss, seconds, checkpointBlobId, reconstructions, isBest };
      await this.discard(await queue.finishEpoch(lease, { ...row, ...validated }));
      await this.note(run.id, wordsOf(epoch, loss, seconds, validated));
    }
    const best = bestEpoch(finished);
    if (network.epoch < epochs) {
      const why = `none since epoch ${best} was better`;
      await this.note(run.id, `stopped early after epoch ${network.epoch}: ${why}`);
    }
    return { keepsBest: patience > 0, stopped: null };
  }

  /** The model is made: what was kept of the best epoch is needed no more. */
  async dropBest(runId: number): Promise<void> {
    await this.discard(await this.stores.runs.dropBestCheckpoint(runId));
  }

  /** The loss of an epoch; null where it diverges: the network is then as the epoch before left it. */
  private async unlessDiverged(
    { run, network }: EpochWork,
    trainEpoch: () => Promise<number>,
  ): Promise<number | null> {
    try {
      return await trainEpoch();
    } catch (thrown) {
      const isDivergence = thrown instanceof LookalikeError && thrown.code === 'TRAINING_DIVERGED';
      if (!isDivergence || network.epoch === 0) throw thrown;
      await this.note(run.id, `stopped after epoch ${network.epoch}: ${thrown.message}`);
      return null;
    }
  }

  private async validate(
    { network, validationSet }: EpochWork,
    onProgress: OnProgress,
  ): Promise<ValidatedEpoch | null> {
    if (!validationSet) return null;
    return validateEpoch(network, await this.exactSearch(), validationSet, onProgress);
  }

  /** No row will bear them again: a checkpoint tells its run and its epoch. */
  private async discard(blobIds: readonly BlobId[]): Promise<void> {
    if (blobIds.length === 0) return;
    await this.stores.blobs.deleteMany(blobIds);
    await this.stores.doomed.forget(blobIds);
  }
}

function wordsOf(
  epoch: number,
  loss: number,
  seconds: number,
  validated: ValidatedEpoch | null,
): string {
  const trained = `epoch ${epoch}: loss ${loss.toFixed(3)} in ${seconds.toFixed(1)} s`;
  if (!validated) return trained;
  const { measure, value, seenInTraining } = validated.validation;
  const name = measure === 'PRECISION_AT_10' ? 'P@10' : 'own copies found';
  const seen = seenInTraining ? ' (seen in training)' : '';
  return `${trained}, validation ${name} ${value.toFixed(4)}${seen}`;
}
