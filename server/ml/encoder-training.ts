import { setImmediate as turn } from 'node:timers/promises';
import { hyperparameter } from '../domain/architecture.js';
import type { Hyperparameters } from '../domain/architecture.js';
import type { OnProgress } from '../domain/progress.js';
import { mixSeeds, seededRandom, shuffledIndices } from '../domain/random.js';
import type { PictureBatch } from '../ports/networks.js';
import { augmented } from './augmentation.js';
import { diverged, finiteLoss } from './divergence.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';
import type { EncoderWeights } from './encoder-embedder.js';
import { BLOCK_PICTURES, EncoderKernels } from './encoder-kernels.js';
import { decayMask, targetStart } from './encoder-start.js';
import { nesterovUpdate } from './nesterov.js';
import { oneCycle } from './one-cycle.js';
import { pictureTensor } from './picture-batch.js';
import type { Targets } from './targets.js';
import type { Scalar, Tensor1D, TensorFlow } from './tf.js';

/** How long training may keep the event loop to itself, in milliseconds. */
const LONGEST_SILENCE_MS = 200;
/** What the moments, and the mean of the weights, keep of themselves in a step. */
const MOMENTS_KEPT = 0.98;
const WEIGHTS_KEPT = 0.998;

/** What the training of an encoder goes on from. */
export interface EncoderProgress {
  readonly epoch: number;
  /** Updates made so far. */
  readonly step: number;
  /** [parameterCount + targets * dimension]; without targets before the first epoch. */
  readonly current: Float32Array;
  /** Of the same length. */
  readonly velocity: Float32Array;
  /**
   * What embeds: running means of the weights (Polyak, Juditsky: Acceleration of Stochastic
   * Approximation by Averaging, 1992) and of the moments.
   */
  readonly averaged: EncoderWeights;
}

/** The tensors of an epoch that is not done. */
interface Steps {
  parameters: Tensor1D;
  velocity: Tensor1D;
  averaged: Tensor1D;
  moments: Tensor1D;
}

/** Trains an encoder to point each picture's embedding to its targets. */
export class EncoderTraining {
  private readonly kernels: EncoderKernels;

  constructor(
    private readonly tf: TensorFlow,
    private readonly hyperparameters: Hyperparameters,
    private readonly blueprint: EncoderBlueprint,
  ) {
    this.kernels = new EncoderKernels(tf, blueprint);
  }

  /**
   * One pass over the pictures that have targets.
   * @throws LookalikeError TRAINING_DIVERGED
   */
  async epoch(
    progress: EncoderProgress,
    pictures: PictureBatch,
    targets: Targets,
    onProgress: OnProgress,
  ): Promise<{ readonly progress: EncoderProgress; readonly loss: number }> {
    const { tf } = this;
    const epoch = progress.epoch + 1;
    const random = seededRandom(mixSeeds(this.dial('seed'), epoch));
    const batches = batchesOf(targets.positions, this.dial('batchSize'), random);
    const steps = this.stepsFrom(progress, targets.count);
    const decay = tf.tensor1d(
      decayMask(this.blueprint, steps.parameters.size).map(
        (each) => each * this.dial('weightDecay'),
      ),
    );
    const losses: Scalar[] = [];
    const finite = (loss: Scalar) => finiteLoss(loss, epoch, this.dial('learningRate'));
    let spokeAt = performance.now();
    try {
      for (const [at, positions] of batches.entries()) {
        const done = (progress.epoch + at / batches.length) / this.dial('epochs');
        const loss = this.step(steps, pictures, targets, positions, decay, random, done);
        losses.push(loss);
        const share = (at + 1) / batches.length;
        if (share < 1 && performance.now() - spokeAt < LONGEST_SILENCE_MS) continue;
        finite(loss);
        await turn();
        await onProgress(share);
        spokeAt = performance.now();
      }
      const sum = losses.reduce((total, loss) => total + finite(loss), 0);
      const next = progressOf(steps, epoch, progress.step + batches.length);
      if (!next.current.every(Number.isFinite)) {
        throw diverged('Weights are no longer finite numbers', epoch, this.dial('learningRate'));
      }
      return { progress: next, loss: sum / batches.length };
    } finally {
      tf.dispose({ ...steps });
      tf.dispose([decay, ...losses]);
    }
  }

  /** Tensors to begin an epoch with; the vectors of the targets join in the first. */
  private stepsFrom({ current, velocity, averaged }: EncoderProgress, targetCount: number): Steps {
    const { tf } = this;
    const { parameterCount, dimension } = this.blueprint;
    const tail = targetStart(targetCount, dimension, this.dial('seed'));
    const withTargets = (vector: Float32Array, ofTargets: Float32Array) => {
      if (vector.length === parameterCount + tail.length) return tf.tensor1d(vector);
      const longer = new Float32Array(parameterCount + tail.length);
      longer.set(vector.subarray(0, parameterCount));
      longer.set(ofTargets, parameterCount);
      return tf.tensor1d(longer);
    };
    return {
      parameters: withTargets(current, tail),
      velocity: withTargets(velocity, new Float32Array(tail.length)),
      averaged: tf.tensor1d(averaged.parameters),
      moments: tf.tensor1d(averaged.moments),
    };
  }

  /**
   * One step on the pictures at these positions. @param done share of the training, 0 to 1
   * @returns the loss
   */
  private step(
    steps: Steps,
    pictures: PictureBatch,
    targets: Targets,
    positions: Int32Array,
    decay: Tensor1D,
    random: () => number,
    done: number,
  ): Scalar {
    const { tf, blueprint } = this;
    const { input, parameterCount } = blueprint;
    const augmentation = {
      shift: this.dial('shift'),
      mirrored: this.dial('mirrored'),
      erased: this.dial('erased'),
    };
    const pixels = augmented(input, pictures.pixels, positions, augmentation, random);
    const batch = pictureTensor(tf, input, { count: positions.length, pixels });
    const shares = new Float32Array(positions.length * targets.count);
    positions.forEach((position, at) => {
      targets.addShares(position, shares.subarray(at * targets.count, (at + 1) * targets.count));
    });
    const wanted = tf.tensor2d(shares, [positions.length, targets.count]);
    const { loss, gradient, moments } = this.kernels.targetGradient(
      steps.parameters,
      batch,
      wanted,
      this.dial('scale'),
    );
    const rate = oneCycle(this.dial('learningRate'), done);
    const next = nesterovUpdate(tf, steps, gradient, decay, rate);
    const means = tf.tidy(() => {
      const weights = tf.slice(next.parameters, 0, parameterCount);
      // While the weights change fast, a long mean of them would be of none that ever were.
      const kept = Math.min(WEIGHTS_KEPT, done);
      return {
        averaged: mixed(tf, steps.averaged, weights, kept),
        moments: mixed(tf, steps.moments, moments, MOMENTS_KEPT),
      };
    });
    tf.dispose({ ...steps });
    tf.dispose([batch, wanted, gradient, moments]);
    Object.assign(steps, next, means);
    return loss;
  }

  private dial(name: string): number {
    return hyperparameter(this.hyperparameters, name);
  }
}

function mixed(tf: TensorFlow, mean: Tensor1D, next: Tensor1D, kept: number): Tensor1D {
  return tf.add(tf.mul(mean, kept), tf.mul(next, 1 - kept));
}

function progressOf(steps: Steps, epoch: number, step: number): EncoderProgress {
  const numbers = (tensor: Tensor1D) => tensor.dataSync<'float32'>();
  return {
    ...{ epoch, step },
    current: numbers(steps.parameters),
    velocity: numbers(steps.velocity),
    averaged: { parameters: numbers(steps.averaged), moments: numbers(steps.moments) },
  };
}

/** The positions in a random order, in batches of whole blocks; what is missing in one is taken from the start. */
function batchesOf(
  positions: Int32Array,
  batchSize: number,
  random: () => number,
): readonly Int32Array[] {
  const blocks = (count: number) => Math.ceil(count / BLOCK_PICTURES) * BLOCK_PICTURES;
  const order = shuffledIndices(positions.length, random);
  const size = Math.min(blocks(batchSize), blocks(positions.length));
  const count = Math.max(1, Math.floor(positions.length / size));
  return Array.from({ length: count }, (_, batch) =>
    Int32Array.from({ length: size }, (__, at) => {
      const place = order[(batch * size + at) % order.length] ?? 0;
      return positions[place] ?? 0;
    }),
  );
}
