import type { BlobId } from './image.js';
import type { RunFailure } from './training-run.js';

/**
 * How embeddings are laid out in the plane: along their two principal components, which takes seconds,
 * or so that neighbours stay neighbours (UMAP), which takes longer and shows groups better.
 */
export const MAP_KINDS = ['PCA', 'UMAP'] as const;
export type MapKind = (typeof MAP_KINDS)[number];

export type MapStatus = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** The embeddings of a dataset under a model, drawn in the plane. There is one of each kind. */
export interface EmbeddingMap {
  readonly modelId: number;
  readonly kind: MapKind;
  readonly status: MapStatus;
  /** Share of the work that is done, 0 to 1. */
  readonly progress: number;
  /** Its points (see `encodeMapPoints`): the last that were drawn; null where none have been. */
  readonly blobId: BlobId | null;
  readonly failure: RunFailure | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Proves that a trainer is the one that draws a map. */
export interface MapLease extends Pick<EmbeddingMap, 'modelId' | 'kind'> {
  readonly token: string;
}
