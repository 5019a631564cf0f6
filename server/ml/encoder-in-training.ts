import { setImmediate as turn } from 'node:timers/promises';
import type {
  NetworkRecipe,
  PictureBatch,
  TrainableNetwork,
  TrainingSet,
} from '../ports/networks.js';
import { companionEmbedder, fittedCompanion } from './companion.js';
import type { Companion, CompanionDesign } from './companion.js';
import type { Embedder } from './embedder.js';
import { EmbeddingNetwork } from './embedding-network.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';
import { EncoderEmbedder } from './encoder-embedder.js';
import type { EncoderWeights } from './encoder-embedder.js';
import { EncoderTraining } from './encoder-training.js';
import type { EncoderProgress } from './encoder-training.js';
import { labelMemoryOf } from './label-fitting.js';
import { LabelledEmbedder } from './labelled-embedder.js';
import { fitPair } from './pair-fitting.js';
import { PairedEmbedder } from './paired-embedder.js';
import type { Pair } from './paired-embedder.js';
import { checkPictures, pictureSize, spreadPictures } from './picture-batch.js';
import type { Projection } from './projection-embedder.js';
import type { Targets, TargetsOf } from './targets.js';
import type { TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';
import type { NamedTensor } from './weights-file.js';

/** Pictures that all is fitted to which need not see all of them: so many, and so many bytes of them. */
const FITTED_PICTURES = 5000;
const FITTED_BYTES = 128 * 1024 * 1024;

/** What an encoder is paired with, and how. */
export interface Pairing {
  readonly design: CompanionDesign;
  readonly companion: Companion;
  /** Of the two together. */
  readonly reduction: Projection;
  /** Numbers of an embedding by the two together. */
  readonly dimension: number;
}

/** What an epoch leaves beside the progress. */
interface Learned {
  readonly embedder: Embedder;
  readonly pairing: Pairing | null;
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
    private pairing: Pairing | null,
    decoder: Float32Array,
    private readonly targetsOf: TargetsOf,
  ) {
    super(tf, recipe, embedderOf(tf, blueprint, progress.averaged, pairing), decoder);
    this.training = new EncoderTraining(tf, recipe.hyperparameters, blueprint);
  }

  get epoch(): number {
    return this.progress.epoch;
  }

  /** An epoch that does not end leaves the network as it was before it. */
  async trainEpoch(set: TrainingSet, onStep: (share: number) => Promise<void>): Promise<number> {
    checkPictures(this.input, set);
    if (set.count === 0) throw new RangeError('There are no pictures to learn from.');
    const pairing = this.epoch === 0 ? await this.fitted(set, onStep) : this.pairing;
    const targets = await this.targets(set, pairing, onStep);
    const { progress, loss } = await this.training.epoch(this.progress, set, targets, onStep);
    await this.learn(progress, pairing, set);
    return loss;
  }

  /** Keeps what is to be kept of the labels. */
  async settle(set: TrainingSet, onProgress: (share: number) => Promise<void>): Promise<void> {
    const weight = labelWeightOf(this.recipe);
    if (weight === 0) return;
    const { tf, blueprint, progress, pairing } = this;
    const plain = embedderOf(tf, blueprint, progress.averaged, pairing);
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
    pairing: Pairing | null,
    pictures: PictureBatch,
  ): Promise<void> {
    const some = this.fittedPictures(pictures);
    const learned = pairing
      ? await this.paired(progress, pairing, some)
      : await this.alone(progress, some);
    this.redrawBy(learned.decoder);
    this.embedder.dispose();
    this.pairing = learned.pairing;
    this.embedder = learned.embedder;
    this.progress = progress;
  }

  private fittedPictures(pictures: PictureBatch): PictureBatch {
    const most = Math.floor(FITTED_BYTES / pictureSize(this.input));
    return spreadPictures(this.input, pictures, Math.min(FITTED_PICTURES, most));
  }

  private async alone({ averaged }: EncoderProgress, pictures: PictureBatch): Promise<Learned> {
    const embedder = new EncoderEmbedder(this.tf, this.blueprint, averaged);
    const embeddingsOf = (batch: PictureBatch) => embedder.embeddings(batch);
    const decoder = await this.decoderFor(embedder.dimension, embeddingsOf, pictures);
    return { embedder, pairing: null, decoder };
  }

  /** Both see each picture once: what they make of it is projected, and it is redrawn from that. */
  private async paired(
    { averaged }: EncoderProgress,
    pairing: Pairing,
    pictures: PictureBatch,
  ): Promise<Learned> {
    const { tf, input } = this;
    const { companion, dimension } = pairing;
    const pair = pairOf(tf, this.blueprint, averaged, companion);
    const { reduction, rows, width } = await fitPair(tf, input, pair, pictures, dimension);
    const embedder = new PairedEmbedder(tf, pair, dimension, reduction);
    const embeddingsOf = ({ count }: PictureBatch, start: number) => {
      const own = rows.subarray(start * width, (start + count) * width);
      return embedder.reduced(tf.tensor2d(own, [count, width]));
    };
    const decoder = await this.decoderFor(dimension, embeddingsOf, pictures);
    return { embedder, pairing: { ...pairing, reduction }, decoder };
  }

  /** By the companion, where there is one: it has seen the pictures before the encoder has seen any. */
  private async targets(
    set: TrainingSet,
    pairing: Pairing | null,
    onStep: (share: number) => Promise<void>,
  ): Promise<Targets> {
    const begun = () => onStep(0);
    const companion = pairing && companionEmbedder(this.tf, pairing.companion);
    try {
      const encode = (pictures: PictureBatch) =>
        this.encodeWith(companion ?? this.embedder, pictures, begun);
      return await this.targetsOf(set, encode, begun);
    } finally {
      companion?.dispose();
    }
  }

  private async fitted(
    pictures: PictureBatch,
    onStep: (share: number) => Promise<void>,
  ): Promise<Pairing | null> {
    const { tf, input, pairing } = this;
    if (!pairing) return null;
    const some = this.fittedPictures(pictures);
    const begun = async () => {
      await turn();
      await onStep(0);
    };
    const companion = await fittedCompanion(
      ...([tf, input, pairing.design, pictures, some, begun] as const),
    );
    return { ...pairing, companion };
  }
}

/** What the label weighs in an embedding; nothing in recipes from before it did. */
export function labelWeightOf({ hyperparameters }: NetworkRecipe): number {
  return hyperparameters['labelWeight'] ?? 0;
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
  pairing: Pairing | null,
): Embedder {
  if (!pairing) return new EncoderEmbedder(tf, blueprint, averaged);
  const pair = pairOf(tf, blueprint, averaged, pairing.companion);
  return new PairedEmbedder(tf, pair, pairing.dimension, pairing.reduction);
}
