import type { Hyperparameters } from '../domain/architecture.js';
import type { InputSpec, Layer } from '../domain/model.js';
import type { OnProgress } from '../domain/progress.js';

/** How to make a network. Two networks of one recipe start with the same weights. */
export interface NetworkRecipe {
  readonly architecture: string;
  readonly hyperparameters: Hyperparameters;
  readonly input: InputSpec;
}

/** Pictures as a model is fed: 8-bit pixels, [count, height, width, channels]. */
export interface PictureBatch {
  readonly count: number;
  readonly pixels: Uint8Array;
}

/** Pictures to learn from, each with its label where it has one: `labels[i]` is of picture i. */
export interface TrainingSet extends PictureBatch {
  readonly labels: readonly (string | null)[];
}

/** Pictures as a network sees them: where they lie, and how well it can redraw them. */
export interface EmbeddedPictures {
  /** [count, latentSize] row by row. */
  readonly embeddings: Float32Array;
  /** [count]: mean squared error of each picture's reconstruction, pixels scaled to 0..1. */
  readonly reconstructionErrors: Float32Array;
}

/** A network with its weights, on whatever the deep-learning library runs. */
export interface Network {
  readonly input: InputSpec;
  readonly latentSize: number;
  readonly layers: readonly Layer[];
  /** The embeddings of the pictures, [count, latentSize] row by row. */
  encode(pictures: PictureBatch): Promise<Float32Array>;
  /** `encode`, and the errors of `reconstruct`, in one pass. */
  embed(pictures: PictureBatch): Promise<EmbeddedPictures>;
  /** The pictures as the network redraws them, of the same shape. */
  reconstruct(pictures: PictureBatch): Promise<Uint8Array>;
  /**
   * Of one picture on average, as the architecture counts it: of an autoencoder, nats per pixel. Null
   * where a picture by itself has none.
   */
  loss(pictures: PictureBatch): Promise<number | null>;
  /** The weights alone, for `load`; `origin` tells two equal networks' files apart. */
  weights(origin: string): Promise<Uint8Array>;
  dispose(): void;
}

/** A network that learns. */
export interface TrainableNetwork extends Network {
  /** Epochs it has been trained for. */
  readonly epoch: number;
  /**
   * Passes once over the pictures in an order drawn from the seed and the epoch's number.
   * `onProgress` is awaited several times a second, while it prepares as well; what it throws ends the epoch.
   * @returns the loss; see `loss` of the architecture
   * @throws LookalikeError TRAINING_DIVERGED
   */
  trainEpoch(pictures: TrainingSet, onProgress: OnProgress): Promise<number>;
  /**
   * Fits to the pictures what comes behind the weights, where the architecture has it: when the last epoch is
   * over, and before anything is embedded for keeps. Nothing is trained after it. What `onProgress` throws
   * leaves the network as it was.
   */
  settle(pictures: TrainingSet, onProgress: OnProgress): Promise<void>;
  /** Weights, optimiser state and epoch, for `resume`. */
  checkpoint(origin: string): Promise<Uint8Array>;
}

/** The deep-learning library. */
export interface Networks {
  create(recipe: NetworkRecipe): TrainableNetwork;
  /** @throws LookalikeError CHECKPOINT_CORRUPT when it is damaged or of another recipe */
  resume(recipe: NetworkRecipe, checkpoint: Uint8Array): TrainableNetwork;
  /** @throws LookalikeError CHECKPOINT_CORRUPT when the weights are damaged or of another recipe */
  load(recipe: NetworkRecipe, weights: Uint8Array): Network;
}

/** Search by comparing with every vector: slow and exact. */
export interface ExactSearch {
  /**
   * Positions in `base` of each query's k nearest by cosine, nearest first.
   * @param queries [queryCount, dimension]
   * @param base [baseCount, dimension]
   * @returns [queryCount, k]; k is at most baseCount
   */
  nearest(
    queries: Float32Array,
    base: Float32Array,
    dimension: number,
    k: number,
    onProgress: OnProgress,
  ): Promise<Int32Array>;
}

/** Plain ways to compare pictures, which a training must beat to have been worth it. */
export interface PlainComparisons {
  /** The pixels themselves, of large pictures the means of blocks of them: at most 1,024 numbers. */
  pixels(input: InputSpec): {
    readonly length: number;
    /** @returns [count, length] row by row */
    extract(pictures: PictureBatch): Float32Array;
  };
  /**
   * The principal components of rows: `wanted` of them, or as many as there are numbers in a row.
   * @param rows [count, dimension]
   * @param whitening 0 leaves the components as long as they are, 1 makes all count alike
   */
  principalComponents(
    rows: Float32Array,
    dimension: number,
    wanted: number,
    whitening: number,
  ): Promise<{
    readonly dimension: number;
    /** @param rows [count, dimension of the rows] @returns [count, dimension of the components] */
    project(rows: Float32Array): Promise<Float32Array>;
  }>;
}
