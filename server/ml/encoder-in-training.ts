import { setImmediate as turn } from 'node:timers/promises';
import { inParts, type OnProgress } from '../domain/progress.js';
import type {
  NetworkRecipe,
  PictureBatch,
  TrainableNetwork,
  TrainingSet,
} from '../ports/networks.js';
import { companionEmbedder, fittedCompanion } from './companion.js';
import type { Companion, CompanionDesign } from './companion.js';
import { freedOnError, type Embedder } from './embedder.js';
import { EmbeddingNetwork } from './embedding-network.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';
import { EncoderEmbedder } from './encoder-embedder.js';
import type { EncoderWeights } from './encoder-embedder.js';
import { EncoderTraining } from './encoder-training.js';
import type { EncoderProgress } from './encoder-training.js';
import { labelMemoryOf } from './label-fitting.js';
import { LabelledEmbedder } from './labelled-embedder.js';
import { fitPair } from './pair-fitting.js';
import { Pair, PairedEmbedder } from './paired-embedder.js';
import { checkPictures, pictureSize, spreadPictures } from './picture-batch.js';
import type { Projection } from './projection-embedder.js';
import type { TargetFinder, Targets } from './targets.js';
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

/** What an encoder is trained beside, and to what. */
interface Prepared {
  readonly pairing: Pairing | null;
  readonly targets: Targets;
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
  /** What is found before the first epoch; null until it is. */
  private found: Prepared | null = null;

  constructor(
    tf: TensorFlow,
    recipe: NetworkRecipe,
    private readonly blueprint: EncoderBlueprint,
    private progress: EncoderProgress,
    private pairing: Pairing | null,
    decoder: Float32Array,
    private readonly finder: TargetFinder,
  ) {
    super(tf, recipe, embedderOf(tf, blueprint, progress.averaged, pairing), decoder);
    this.training = new EncoderTraining(tf, recipe.hyperparameters, blueprint);
  }

  get epoch(): number {
    return this.progress.epoch;
  }

  /** An epoch that does not end leaves the network as it was before it. */
  async trainEpoch(set: TrainingSet, onProgress: OnProgress): Promise<number> {
    checkPictures(this.input, set);
    if (set.count === 0) throw new RangeError('There are no pictures to learn from.');
    this.finder.check(set);
    const { preparing, stepping, learning } = this.partsOfEpoch(onProgress);
    const { pairing, targets } = (this.found ??= await this.prepare(set, preparing));
    const { progress, loss } = await this.training.epoch(this.progress, set, targets, stepping);
    await this.learn(progress, pairing, set, learning);
    return loss;
  }

  /** Keeps what is to be kept of the labels. */
  async settle(set: TrainingSet, onProgress: OnProgress): Promise<void> {
    const weight = labelWeightOf(this.recipe);
    if (weight === 0) return;
    const { tf, blueprint, progress, pairing } = this;
    const plain = embedderOf(tf, blueprint, progress.averaged, pairing);
    let next: Embedder = plain;
    try {
      const [encoding, decoding] = inParts(onProgress, 9, 1);
      const rows = await this.encodeWith(plain, set, encoding);
      const compared = async () => {
        await turn();
        await encoding(1);
      };
      const memory = await labelMemoryOf(tf, set, rows, plain.dimension, compared);
      if (!memory) {
        plain.dispose();
        return;
      }
      next = new LabelledEmbedder(tf, plain, memory, weight);
      const embeddingsOf = (batch: PictureBatch) => next.embeddings(batch);
      const some = this.fittedPictures(set);
      this.redrawBy(await this.decoderFor(next.dimension, embeddingsOf, some, decoding));
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
    onProgress: OnProgress,
  ): Promise<void> {
    const some = this.fittedPictures(pictures);
    const learned = pairing
      ? await this.paired(progress, pairing, some, onProgress)
      : await this.alone(progress, some, onProgress);
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

  private async alone(
    { averaged }: EncoderProgress,
    pictures: PictureBatch,
    onProgress: OnProgress,
  ): Promise<Learned> {
    const embedder = new EncoderEmbedder(this.tf, this.blueprint, averaged);
    const embeddingsOf = (batch: PictureBatch) => embedder.embeddings(batch);
    const decoder = await freedOnError(embedder, () =>
      this.decoderFor(embedder.dimension, embeddingsOf, pictures, onProgress),
    );
    return { embedder, pairing: null, decoder };
  }

  /** Both see each picture once: what they make of it is projected, and it is redrawn from that. */
  private async paired(
    { averaged }: EncoderProgress,
    pairing: Pairing,
    pictures: PictureBatch,
    onProgress: OnProgress,
  ): Promise<Learned> {
    const { tf, input } = this;
    const { companion, dimension } = pairing;
    const [fitting, decoding] = inParts(onProgress, 9, 1);
    const pair = pairOf(tf, this.blueprint, averaged, companion);
    const { reduction, rows, width } = await freedOnError(pair, () =>
      fitPair(tf, input, pair, pictures, dimension, fitting),
    );
    const embedder = new PairedEmbedder(tf, pair, dimension, reduction);
    const embeddingsOf = ({ count }: PictureBatch, start: number) => {
      const own = rows.subarray(start * width, (start + count) * width);
      return embedder.reduced(tf.tensor2d(own, [count, width]));
    };
    const decoder = await freedOnError(embedder, () =>
      this.decoderFor(dimension, embeddingsOf, pictures, decoding),
    );
    return { embedder, pairing: { ...pairing, reduction }, decoder };
  }

  /** The parts of an epoch, by roughly the time that they take. Before the first there are targets to find. */
  private partsOfEpoch(onProgress: OnProgress) {
    const takesLong = this.pairing !== null && this.found === null;
    const [preparing, stepping, learning] = inParts(onProgress, takesLong ? 20 : 0, 9, 1);
    return { preparing, stepping, learning };
  }

  /**
   * The companion, where there is one, and the targets by it: it has seen the pictures before the encoder
   * has seen any.
   */
  private async prepare(set: TrainingSet, onProgress: OnProgress): Promise<Prepared> {
    const [fitting, finding] = inParts(onProgress, this.epoch === 0 ? 1 : 0, 2);
    const pairing = this.epoch === 0 ? await this.fitted(set, fitting) : this.pairing;
    const companion = pairing && companionEmbedder(this.tf, pairing.companion);
    try {
      const encode = (pictures: PictureBatch, encoding: OnProgress) =>
        this.encodeWith(companion ?? this.embedder, pictures, encoding);
      return { pairing, targets: await this.finder.find(set, encode, finding) };
    } finally {
      companion?.dispose();
    }
  }

  private async fitted(pictures: PictureBatch, onProgress: OnProgress): Promise<Pairing | null> {
    const { tf, input, pairing } = this;
    if (!pairing) return null;
    const { design } = pairing;
    const some = this.fittedPictures(pictures);
    const companion = await fittedCompanion(tf, input, design, pictures, some, onProgress);
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
  return new Pair(tf, companionEmbedder(tf, companion), second);
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
