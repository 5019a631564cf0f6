import type { Hyperparameters } from './architecture.js';
import type { Split } from './dataset.js';
import type { BlobId } from './image.js';

/** What the network is fed: [height, width, channels], pixels divided by 255. */
export interface InputSpec {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
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

/** How good a model is, measured on the held-out TEST split when its run ended. */
export interface Evaluation {
  /** Test images that were used as queries for precision; 0 when there is no TEST split. */
  readonly queryCount: number;
  /** Mean share of a query's 10 nearest TRAIN images (exact search) that bear its label. */
  readonly precisionAt10Exact: number | null;
  /** The same with the index's answers. */
  readonly precisionAt10Index: number | null;
  /** Queries that recall was measured on. */
  readonly recallQueryCount: number;
  /** Mean share of the exact 10 nearest that the index returns. */
  readonly recallAt10: number | null;
  /** Mean sigmoid cross-entropy over the TEST split, in nats per pixel. */
  readonly testLoss: number | null;
}

/** The HNSW graph over one split's embeddings under one model. */
export interface ModelIndex {
  readonly id: string;
  readonly split: Split;
  readonly metric: 'COSINE';
  readonly size: number;
  readonly m: number;
  readonly efConstruction: number;
  readonly efSearch: number;
  readonly buildSeconds: number;
  readonly byteLength: number;
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
  readonly indexes: readonly ModelIndex[];
  readonly createdAt: Date;
}

export type NewModel = Omit<Model, 'createdAt'>;

/** An image's vector under one model; `vector` has the model's latent size. */
export interface Embedding {
  readonly imageId: number;
  readonly vector: Float32Array;
}
