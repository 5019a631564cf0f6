import { setImmediate as turn } from 'node:timers/promises';
import type {
  NetworkRecipe,
  PictureBatch,
  TrainableNetwork,
  TrainingSet,
} from '../ports/networks.js';
import type { Embedder } from './embedder.js';
import { EmbeddingNetwork } from './embedding-network.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';
import { EncoderEmbedder } from './encoder-embedder.js';
import type { EncoderWeights } from './encoder-embedder.js';
import { EncoderTraining } from './encoder-training.js';
import type { EncoderProgress } from './encoder-training.js';
import type { Features } from './features.js';
import { fittedProjection } from './fitted-network.js';
import { labelMemoryOf } from './label-fitting.js';
import { LabelledEmbedder } from './labelled-embedder.js';
import { PairedEmbedder, pairRows } from './paired-embedder.js';
import type { Pair } from './paired-embedder.js';
import { checkPictures, pictureSize } from './picture-batch.js';
import { Covariance } from './principal-components.js';
import { ProjectionEmbedder } from './projection-embedder.js';
import type { Projection } from './projection-embedder.js';
import type { Targets, TargetsOf } from './targets.js';
import type { TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';
import type { NamedTensor } from './weights-file.js';

/** Pictures that the decoder, and the projection of a pair, are fitted to. */
const FITTED_PICTURES = 5000;
/** Of the projection of a pair: chosen on images held out of Fashion-MNIST's training images. */
const PAIR_WHITENING = 0.2;

/** What an encoder is trained beside: features that are projected without any training. */
export interface Companion {
  readonly features: Features;
  readonly dimension: number;
  readonly whitening: number;
  readonly projection: Projection;
  /** Of the two together. */
  readonly reduction: Projection;
  /** Numbers of an embedding by the two together. */
  readonly pairDimension: number;
}

/** What an epoch leaves beside the progress. */
interface Learned {
  readonly embedder: Embedder;
  readonly companion: Companion | null;
  readonly decoder: Float32Array;
}

/**
 * An encoder that learns to point each picture's embedding to its targets. Beside a companion, that is
 * fitted first, and the two embed together.
 */
export class EncoderInTraining extends EmbeddingNetwork implements TrainableNetwork {
  private readonly training: EncoderTraining;

  constructor(
    tf: TensorFlow,
    recipe: NetworkRecipe,
    private readonly blueprint: EncoderBlueprint,
    private progress: EncoderProgress,
    private companion: Companion | null,
    decoder: Float32Array,
    private readonly targetsOf: TargetsOf,
  ) {
    super(tf, recipe, embedderOf(tf, blueprint, progress.averaged, companion), decoder);
    this.training = new EncoderTraining(tf, recipe.hyperparameters, blueprint);
  }

  get epoch(): number {
    return this.progress.epoch;
  }

  /** An epoch that does not end leaves the network as it was before it. */
  async trainEpoch(set: TrainingSet, onStep: (share: number) => Promise<void>): Promise<number> {
    checkPictures(this.input, set);
    if (set.count === 0) throw new RangeError('There are no pictures to learn from.');
    const companion = this.epoch === 0 ? await this.fitted(set, onStep) : this.companion;
    const targets = await this.targets(set, companion, onStep);
    const { progress, loss } = await this.training.epoch(this.progress, set, targets, onStep);
    await this.learn(progress, companion, set);
    return loss;
  }

  /** Keeps what is to be kept of the labels. */
  async settle(set: TrainingSet, onProgress: (share: number) => Promise<void>): Promise<void> {
    const weight = labelWeightOf(this.recipe);
    if (weight === 0) return;
    const { tf, blueprint, progress, companion } = this;
    const plain = embedderOf(tf, blueprint, progress.averaged, companion);
    let next: Embedder = plain;
    try {
      const seen = (done: number) => onProgress((0.9 * done) / set.count);
      const rows = await this.encodeWith(plain, set, seen);
      const compared = async () => {
        await turn();
        await onProgress(0.9);
      };
      const memory = await labelMemoryOf(tf, set, rows, plain.dimension, compared);
      if (!memory) {
        plain.dispose();
        return;
      }
      next = new LabelledEmbedder(tf, plain, memory, weight);
      const embeddingsOf = (batch: PictureBatch) => next.embeddings(batch);
      const some = this.fittedPictures(set);
      const redrawn = (done: number) => onProgress(0.9 + (0.1 * done) / some.count);
      this.redrawBy(await this.decoderFor(next.dimension, embeddingsOf, some, redrawn));
    } catch (thrown) {
      next.dispose();
      throw thrown;
    }
    this.embedder.dispose();
    this.embedder = next;
  }

  checkpoint(origin: string): Promise<Uint8Array> {
    const { recipe } = this;
    const { epoch, step, current, velocity } = this.progress;
    const vectors = Object.entries({ current, velocity }).map(([name, values]): NamedTensor => {
      return { name, shape: [values.length], values };
    });
    const tensors = [...this.stored(), ...vectors];
    return Promise.resolve(
      writeWeightsFile({ kind: 'CHECKPOINT', recipe, origin, epoch, step, tensors }),
    );
  }

  private async learn(
    progress: EncoderProgress,
    companion: Companion | null,
    pictures: PictureBatch,
  ): Promise<void> {
    const some = this.fittedPictures(pictures);
    const learned = companion
      ? await this.paired(progress, companion, some)
      : await this.alone(progress, some);
    this.redrawBy(learned.decoder);
    this.embedder.dispose();
    this.companion = learned.companion;
    this.embedder = learned.embedder;
    this.progress = progress;
  }

  private fittedPictures({ count, pixels }: PictureBatch): PictureBatch {
    const fitted = Math.min(count, FITTED_PICTURES);
    return { count: fitted, pixels: pixels.subarray(0, fitted * pictureSize(this.input)) };
  }

  private async alone({ averaged }: EncoderProgress, pictures: PictureBatch): Promise<Learned> {
    const embedder = new EncoderEmbedder(this.tf, this.blueprint, averaged);
    const embeddingsOf = (batch: PictureBatch) => embedder.embeddings(batch);
    const decoder = await this.decoderFor(embedder.dimension, embeddingsOf, pictures);
    return { embedder, companion: null, decoder };
  }

  /** Both see each picture once: what they make of it is projected, and it is redrawn from that. */
  private async paired(
    { averaged }: EncoderProgress,
    companion: Companion,
    pictures: PictureBatch,
  ): Promise<Learned> {
    const { tf } = this;
    const pair = pairOf(tf, this.blueprint, averaged, companion);
    const width = pair.first.dimension + pair.second.dimension;
    const rows = new Float32Array(pictures.count * width);
    const covariance = new Covariance(tf, width);
    await this.eachBatch(pictures, (batch, start) => {
      const own = pairRows(tf, pair, batch).dataSync<'float32'>();
      rows.set(own, start * width);
      covariance.add(own);
    });
    const { pairDimension } = companion;
    const { projection } = fittedProjection(covariance, pairDimension, PAIR_WHITENING);
    const embedder = new PairedEmbedder(tf, pair, pairDimension, projection);
    const embeddingsOf = ({ count }: PictureBatch, start: number) => {
      const own = rows.subarray(start * width, (start + count) * width);
      return embedder.reduced(tf.tensor2d(own, [count, width]));
    };
    const decoder = await this.decoderFor(pairDimension, embeddingsOf, pictures);
    return { embedder, companion: { ...companion, reduction: projection }, decoder };
  }

  /** By the companion, where there is one: it has seen all pictures before the encoder has seen any. */
  private async targets(
    set: TrainingSet,
    companion: Companion | null,
    onStep: (share: number) => Promise<void>,
  ): Promise<Targets> {
    const begun = () => onStep(0);
    const beside = companion && companionEmbedder(this.tf, companion);
    try {
      const encode = (pictures: PictureBatch) =>
        this.encodeWith(beside ?? this.embedder, pictures, begun);
      return await this.targetsOf(set, encode, begun);
    } finally {
      beside?.dispose();
    }
  }

  private async fitted(
    pictures: PictureBatch,
    onStep: (share: number) => Promise<void>,
  ): Promise<Companion | null> {
    if (!this.companion) return null;
    const { features, dimension, whitening } = this.companion;
    const covariance = await this.covarianceOf(features, pictures, () => onStep(0));
    const { projection } = fittedProjection(covariance, dimension, whitening);
    return { ...this.companion, projection };
  }
}

/** What the label weighs in an embedding; nothing in recipes from before it did. */
export function labelWeightOf({ hyperparameters }: NetworkRecipe): number {
  return hyperparameters['labelWeight'] ?? 0;
}

function companionEmbedder(
  tf: TensorFlow,
  { features, dimension, projection }: Companion,
): ProjectionEmbedder {
  return new ProjectionEmbedder(tf, features, dimension, projection);
}

function pairOf(
  tf: TensorFlow,
  blueprint: EncoderBlueprint,
  averaged: EncoderWeights,
  companion: Companion,
): Pair {
  const second = new EncoderEmbedder(tf, blueprint, averaged);
  return { first: companionEmbedder(tf, companion), second };
}

/** Of the encoder as it is trained so far, beside its companion. */
export function embedderOf(
  tf: TensorFlow,
  blueprint: EncoderBlueprint,
  averaged: EncoderWeights,
  companion: Companion | null,
): Embedder {
  if (!companion) return new EncoderEmbedder(tf, blueprint, averaged);
  const pair = pairOf(tf, blueprint, averaged, companion);
  return new PairedEmbedder(tf, pair, companion.pairDimension, companion.reduction);
}
