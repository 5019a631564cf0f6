import type { Hyperparameters } from './architecture.js';
import type { Split } from './dataset.js';
import type { Evaluation } from './evaluation.js';
import type { BlobId } from './image.js';
import type { RecallPoint } from './recall-curve.js';

/** How a picture of another shape is brought to the input's: whole with bars, or cut to fill it. */
export const FITS = ['CONTAIN', 'COVER'] as const;
export type Fit = (typeof FITS)[number];

/** What becomes of pixel values: as they are, or each picture stretched to its full contrast. */
export const SCALINGS = ['UNIT', 'CONTRAST'] as const;
export type Scaling = (typeof SCALINGS)[number];

/**
 * What the network is fed, and how a picture becomes that: [height, width, channels], bytes divided
 * by 255. It is part of the model: queries are prepared exactly as the training images were.
 */
export interface InputSpec {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly fit: Fit;
  /** Behind transparent parts, and in the bars of CONTAIN: `#rrggbb`. */
  readonly background: string;
  readonly scaling: Scaling;
}

export type LayerPart = 'ENCODER' | 'DECODER';

/** One line of a network's summary. */
export interface Layer {
  readonly name: string;
  readonly part: LayerPart;
  readonly kind: string;
  /** Without the batch dimension. */
  readonly outputShape: readonly number[];
  readonly parameterCount: number;
}

/** The HNSW graph over one split's embeddings under one model. */
export interface ModelIndex {
  readonly id: string;
  readonly split: Split;
  readonly metric: 'COSINE';
  readonly size: number;
  readonly m: number;
  readonly efConstruction: number;
  /** Candidates that a search looks at. */
  readonly efSearch: number;
  /** The recall at 10 that `efSearch` was chosen for; null where it was set by hand. */
  readonly recallTarget: number | null;
  /** What was measured when it was built, ascending by ef; empty where nothing was. */
  readonly recallCurve: readonly RecallPoint[];
  readonly buildSeconds: number;
  readonly byteLength: number;
}

/** What is usual under a model, measured when its run ended. */
export interface ModelStatistics {
  /**
   * Cosine distances of random pairs of TRAIN images, ascending: position i of n + 1 is the quantile
   * (i / n) squared, so that small distances are told apart best.
   */
  readonly distanceQuantiles: readonly number[];
  /**
   * Reconstruction errors of TRAIN images, ascending: position i of n + 1 is the quantile
   * 1 - ((n - i) / n) squared, so that large errors are told apart best.
   */
  readonly errorQuantiles: readonly number[];
}

/** What a successful run leaves. It bears the id of its run. */
export interface Model {
  readonly id: number;
  readonly datasetId: number;
  readonly architecture: string;
  readonly hyperparameters: Hyperparameters;
  readonly input: InputSpec;
  readonly latentSize: number;
  readonly layers: readonly Layer[];
  readonly weightsBlobId: BlobId;
  readonly evaluation: Evaluation;
  /** Null for models from before there were any, and of fewer than two TRAIN images. */
  readonly statistics: ModelStatistics | null;
  readonly indexes: readonly ModelIndex[];
  readonly createdAt: Date;
}

/** The kind of the layer that keeps the labels which a network has learned by. */
export const LABEL_MEMORY = 'Label memory';

/** Whether the TRAIN images lie where their labels were at the training, whatever their pictures show. */
export function keepsLabels({ layers }: Pick<Model, 'layers'>): boolean {
  return layers.some(({ kind }) => kind === LABEL_MEMORY);
}

export type NewModel = Omit<Model, 'createdAt'>;

/** An image's vector under one model; `vector` has the model's latent size. */
export interface Embedding {
  readonly imageId: number;
  readonly vector: Float32Array;
  /** Mean squared error of the picture as the model redraws it, over pixels scaled to 0..1. */
  readonly reconstructionError: number | null;
}

/** Whether an image can be found by searching under a model. */
export const EMBEDDING_STATES = ['EMBEDDED', 'PENDING', 'FAILED'] as const;
export type EmbeddingState = (typeof EMBEDDING_STATES)[number];

export interface EmbeddingFailure {
  readonly imageId: number;
  readonly message: string;
}
