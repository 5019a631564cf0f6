import type { EmbeddingMap, MapKind, MapLease } from '../domain/embedding-map.js';
import type { BlobId } from '../domain/image.js';
import type { RunFailure } from '../domain/training-run.js';

/** The table of maps as people see it. */
export interface EmbeddingMaps {
  /** Null where nobody has asked for it. */
  find(modelId: number, kind: MapKind): Promise<EmbeddingMap | null>;
  /**
   * Puts a map into the queue; one that waits or is being drawn goes on as it is. What was drawn
   * before stays until it is drawn anew. Null where the model is gone.
   */
  request(modelId: number, kind: MapKind): Promise<EmbeddingMap | null>;
  /** Ends a waiting one at once; asks the trainer to stop drawing. False if it has ended. */
  requestCancel(modelId: number, kind: MapKind): Promise<boolean>;
}

/** The same table as a queue that trainers, each in a process of its own, work off. */
export interface MapQueue {
  /** As `TrainingQueue.owner`. */
  readonly owner: string;
  /**
   * Takes the map that has waited longest: it is QUEUED, or RUNNING with a lease that ran out. One that
   * was claimed `maxAttempts` times and never drawn is marked FAILED instead.
   */
  claim(maxAttempts: number): Promise<MapLease | null>;
  hasWaiting(): Promise<boolean>;
  /** As `TrainingQueue.release`. */
  release(owner: string): Promise<void>;
  /** Prolongs the lease and says whether to stop. @throws LookalikeError LEASE_LOST */
  heartbeat(lease: MapLease, progress: number): Promise<{ cancelRequested: boolean }>;
  /**
   * Ends it with its points, in the place of those that were drawn before. Where the lease is lost they
   * are noted as a blob that may be nobody's. @returns blobs nobody bears now
   * @throws LookalikeError LEASE_LOST
   */
  succeed(lease: MapLease, blobId: BlobId): Promise<BlobId[]>;
  /** Ends it without points, or gives it back as QUEUED. @throws LookalikeError LEASE_LOST */
  stop(
    lease: MapLease,
    status: 'FAILED' | 'CANCELLED' | 'QUEUED',
    failure: RunFailure | null,
  ): Promise<void>;
}
