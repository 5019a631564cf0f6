import { setImmediate as turn } from 'node:timers/promises';
import { hyperparameter } from '../domain/architecture.js';
import { LookalikeError } from '../domain/errors.js';
import { mixSeeds, seededRandom, shuffledIndices } from '../domain/random.js';
import type { NetworkRecipe, PictureBatch, TrainableNetwork } from '../ports/networks.js';
import { disposeAdamState } from './adam.js';
import type { AdamState } from './adam.js';
import type { Blueprint } from './architectures/blueprint.js';
import { CompiledLossGradient, lossGradient } from './loss-gradient.js';
import type { LossGradient } from './loss-gradient.js';
import { FixedNetwork } from './network.js';
import { checkPictures, gatherPictures } from './picture-batch.js';
import type { Scalar, TensorFlow } from './tf.js';
import { trainingStep } from './training-step.js';
import type { BatchPart } from './training-step.js';
import { writeWeightsFile } from './weights-file.js';

/** How long training may keep the event loop to itself, in milliseconds. */
const LONGEST_SILENCE_MS = 200;

/** Pixels of pictures that a step computes at a time: each takes about 1 KiB of memory. */
const PART_PIXELS = 512 * 28 * 28;

/** Steps of an epoch from which on compiling them pays: it takes as long as some twenty of them. */
const STEPS_WORTH_COMPILING = 10;

/** A network trained by Adam on shuffled batches. */
export class AdamNetwork extends FixedNetwork implements TrainableNetwork {
  private compiled: CompiledLossGradient | null = null;

  constructor(
    tf: TensorFlow,
    recipe: NetworkRecipe,
    blueprint: Blueprint,
    private state: AdamState,
    private epochsDone: number,
  ) {
    super(tf, recipe, blueprint, state.parameters);
  }

  get epoch(): number {
    return this.epochsDone;
  }

  /** An epoch that does not end leaves the network as it was before it. */
  async trainEpoch(
    pictures: PictureBatch,
    onStep: (share: number) => Promise<void>,
  ): Promise<number> {
    checkPictures(this.input, pictures);
    if (pictures.count === 0) throw new RangeError('There are no pictures to learn from.');
    const epoch = this.epochsDone + 1;
    const batchSize = this.dial('batchSize');
    const learningRate = this.dial('learningRate');
    const random = seededRandom(mixSeeds(this.dial('seed'), epoch));
    const order = shuffledIndices(pictures.count, random);
    const gradient = this.lossGradient(pictures.count);
    const losses: Scalar[] = [];
    let state = this.state;
    let spokeAt = performance.now();
    try {
      for (let start = 0; start < order.length; start += batchSize) {
        const positions = order.subarray(start, start + batchSize);
        const parts = this.partsOf(pictures.pixels, positions);
        const { loss, state: next } = trainingStep(this.tf, gradient, state, parts, learningRate);
        if (state !== this.state) disposeAdamState(state);
        state = next;
        losses.push(loss);
        const share = (start + positions.length) / order.length;
        if (share < 1 && performance.now() - spokeAt < LONGEST_SILENCE_MS) continue;
        finite(loss, epoch, learningRate);
        await turn();
        await onStep(share);
        spokeAt = performance.now();
      }
      const sum = losses.reduce((total, loss) => total + finite(loss, epoch, learningRate), 0);
      checkWeights(state, epoch, learningRate);
      this.commit(state, epoch);
      return sum;
    } finally {
      if (state !== this.state) disposeAdamState(state);
      this.tf.dispose(losses);
    }
  }

  checkpoint(origin: string): Promise<Uint8Array> {
    const bytes = writeWeightsFile({
      kind: 'CHECKPOINT',
      recipe: this.recipe,
      origin,
      epoch: this.epochsDone,
      step: this.state.step,
      tensors: [
        ...this.stored('parameters', this.state.parameters),
        ...this.stored('firstMoment', this.state.firstMoment),
        ...this.stored('secondMoment', this.state.secondMoment),
      ],
    });
    return Promise.resolve(bytes);
  }

  override dispose(): void {
    this.compiled?.dispose();
    disposeAdamState(this.state);
  }

  /**
   * Compiled where an epoch has many steps, and then from its first one. It rounds otherwise, so
   * this hangs on nothing but the pictures and the batch: a run that goes on, or has more epochs, has
   * the very losses of one that was not broken off, or has fewer.
   */
  private lossGradient(pictureCount: number): LossGradient {
    const batchSize = Math.min(this.dial('batchSize'), pictureCount);
    if (pictureCount / batchSize < STEPS_WORTH_COMPILING)
      return lossGradient(this.tf, this.blueprint);
    const compiled = (this.compiled ??= new CompiledLossGradient(
      this.tf,
      this.blueprint,
      Math.min(batchSize, this.picturesInPart()),
    ));
    return (parameters, batch) => compiled.of(parameters, batch);
  }

  private picturesInPart(): number {
    return Math.max(1, Math.floor(PART_PIXELS / (this.input.width * this.input.height)));
  }

  /** A batch in parts that bound the memory of a step; at 28x28 and the tutorial's 400, one. */
  private partsOf(pixels: Uint8Array, batch: Int32Array): BatchPart[] {
    const size = this.picturesInPart();
    return Array.from({ length: Math.ceil(batch.length / size) }, (_, part) => {
      const positions = batch.subarray(part * size, (part + 1) * size);
      return {
        share: positions.length / batch.length,
        pictures: () => gatherPictures(this.tf, this.input, pixels, positions),
      };
    });
  }

  private commit(state: AdamState, epoch: number): void {
    disposeAdamState(this.state);
    this.state = state;
    this.parameters = state.parameters;
    this.epochsDone = epoch;
  }

  private dial(name: string): number {
    return hyperparameter(this.recipe.hyperparameters, name);
  }
}

/**
 * The loss as a number.
 * @throws LookalikeError TRAINING_DIVERGED
 */
function finite(loss: Scalar, epoch: number, learningRate: number): number {
  const value = loss.dataSync<'float32'>()[0] ?? Number.NaN;
  if (Number.isFinite(value)) return value;
  throw diverged(`The loss became ${value}`, epoch, learningRate);
}

/** ReLU and pooling can hide broken weights from the loss: they turn NaN into a quiet zero. */
function checkWeights({ parameters }: AdamState, epoch: number, learningRate: number): void {
  if (parameters.dataSync<'float32'>().every(Number.isFinite)) return;
  throw diverged('Weights are no longer finite numbers', epoch, learningRate);
}

function diverged(what: string, epoch: number, learningRate: number): LookalikeError {
  return new LookalikeError(
    'TRAINING_DIVERGED',
    `${what} in epoch ${epoch}. Start a run with a learning rate smaller than ${learningRate}.`,
  );
}
