/**
 * What can be wrong with a data directory. LOST is what is missing, or does not match its checksum or
 * cannot be read.
 */
export const FAULT_KINDS = [
  'TABLES_DAMAGED',
  'PACK_DAMAGED',
  'REFERENCE_BROKEN',
  'ACTIVE_MODEL_LOST',
  'RUN_INCONSISTENT',
  'COUNT_WRONG',
  'ORIGINAL_LOST',
  'THUMBNAIL_LOST',
  'WEIGHTS_LOST',
  'CHECKPOINT_LOST',
  'REDRAWN_LOST',
  'MAP_LOST',
  'BLOBS_ORPHANED',
  'WRITES_UNFINISHED',
  'EMBEDDING_INVALID',
  'EMBEDDINGS_MISSING',
  'EMBEDDINGS_ORPHANED',
  'INDEX_LOST',
  'INDEX_STALE',
  'INDEX_UNREACHABLE',
  'INDEXES_ORPHANED',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** What is wrong, with ids and names, and what to do where nothing repairs it. */
  readonly what: string;
  readonly isRepaired: boolean;
}

/** What was looked at. */
export interface Verified {
  readonly images: number;
  readonly storedFiles: number;
  readonly storedBytes: number;
  readonly embeddings: number;
  readonly indexes: number;
  /** Vectors of indexes that a search for themselves does not find, too few to be a fault. */
  readonly unreachable: number;
}

export interface VerificationReport {
  /** Whether no server used the directory: else what a server is about to do is no fault. */
  readonly isAlone: boolean;
  readonly verified: Verified;
  readonly faults: readonly Fault[];
}

/** Whether nothing is wrong (any more). */
export function isClean({ faults }: VerificationReport): boolean {
  return faults.every(({ isRepaired }) => isRepaired);
}
