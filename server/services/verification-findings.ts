import type { FaultKind } from '../domain/verification.js';
import type { Blobs } from '../ports/blobs.js';
import type { Datasets } from '../ports/datasets.js';
import type { DoomedBlobs } from '../ports/doomed-blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Inventory } from '../ports/inventory.js';
import type { BulkRuntime } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { StoredBlobs } from '../ports/stored-blobs.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';

/** What is looked at, and what repairs it. */
export interface VerificationParts {
  readonly inventory: Inventory;
  readonly stored: StoredBlobs;
  readonly blobs: Blobs;
  readonly doomed: DoomedBlobs;
  readonly datasets: Datasets;
  readonly images: Images;
  readonly models: Models;
  readonly embeddings: Embeddings;
  readonly indexes: VectorIndexes;
  readonly bulk: BulkRuntime;
  /** Whether no server uses the data: what one is about to write, or to clear up, is no fault. */
  readonly isAlone: boolean;
}

/** What was counted on the way. */
export interface Tally {
  storedFiles: number;
  storedBytes: number;
  embeddings: number;
  indexes: number;
  unreachable: number;
}

/** Something that is wrong. Whoever takes it may have it repaired before asking for the next. */
export interface Finding {
  readonly kind: FaultKind;
  readonly what: string;
  /** False where that came to nothing; null where nothing can. */
  readonly repair: (() => Promise<boolean>) | null;
}

export type Findings = AsyncGenerator<Finding, void, void>;
