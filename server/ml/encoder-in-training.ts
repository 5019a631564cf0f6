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
import { EncoderTraining } from './encoder-training.js';
import type { EncoderProgress } from './encoder-training.js';
import type { Features } from './features.js';
import { fittedProjection } from './fitted-network.js';
import { PairedEmbedder } from './paired-embedder.js';
import { checkPictures, pictureSize } from './picture-batch.js';
import { Covariance } from './principal-components.js';
import { ProjectionEmbedder } from './projection-embedder.js';
import type { Projection } from './projection-embedder.js';
import type { Targets, TargetsOf } from './targets.js';
import type { TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';
import type { NamedTensor } from './weights-file.js';

/** Pictures that the decoder is fitted to. */
const DECODED_PICTURES = 5000;

/** What an encoder is trained beside: features that are projected without any training. */
export interface Companion {
  readonly features: Features;
  readonly dimension: number;
  readonly whitening: number;
  readonly projection: Projection;
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
    super(tf, recipe, embedderOf(tf, blueprint, progress, companion), decoder);
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
    { count, pixels }: PictureBatch,
  ): Promise<void> {
    const embedder = embedderOf(this.tf, this.blueprint, progress, companion);
    const seen = Math.min(count, DECODED_PICTURES);
    const first = pixels.subarray(0, seen * pictureSize(this.input));
    this.redrawBy(await this.decoderFor(embedder, { count: seen, pixels: first }));
    this.embedder.dispose();
    this.companion = companion;
    this.embedder = embedder;
    this.progress = progress;
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
      return await this.targetsOf(set, this.epoch + 1, encode, begun);
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
    const covariance = new Covariance(this.tf, features.length);
    const gather = (batch: PictureBatch) => covariance.add(features.extract(batch));
    await this.eachBatch(pictures, gather, () => onStep(0));
    return { ...this.companion, ...fittedProjection(covariance, dimension, whitening) };
  }
}

function companionEmbedder(
  tf: TensorFlow,
  { features, dimension, projection }: Companion,
): ProjectionEmbedder {
  return new ProjectionEmbedder(tf, features, dimension, projection);
}

/** Of the encoder as it is trained so far, beside its companion. */
function embedderOf(
  tf: TensorFlow,
  blueprint: EncoderBlueprint,
  { averaged }: EncoderProgress,
  companion: Companion | null,
): Embedder {
  const encoder = new EncoderEmbedder(tf, blueprint, averaged);
  if (!companion) return encoder;
  return new PairedEmbedder(tf, companionEmbedder(tf, companion), encoder);
}
