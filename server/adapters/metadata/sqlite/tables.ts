import type { Generated } from 'kysely';
import type { Role } from '../../../domain/access.js';
import type { AuditOutcome } from '../../../domain/audit.js';
import type { DatasetStatus, Split } from '../../../domain/dataset.js';
import type { MapKind, MapStatus } from '../../../domain/embedding-map.js';
import type { ErrorCode } from '../../../domain/errors.js';
import type { ImageFormat } from '../../../domain/image.js';
import type { ActivationCause } from '../../../domain/model-activation.js';
import type { RunPhase, RunStatus, StopReason } from '../../../domain/training-run.js';

/** Milliseconds since 1970, UTC. */
type Instant = number;
/** JSON text. */
type Json = string;

export interface DatasetTable {
  id: Generated<number>;
  name: string;
  title: string;
  status: DatasetStatus;
  imported_count: number;
  expected_count: number;
  import_error: string | null;
  active_model_id: number | null;
  first_run_queued: number;
  created_at: Instant;
}

export interface ImageTable {
  id: Generated<number>;
  dataset_id: number;
  name: string;
  blob_id: string;
  format: ImageFormat;
  width: number;
  height: number;
  channels: number;
  byte_length: number;
  label: string | null;
  split: Split;
  thumbnail_blob_id: string | null;
  has_alpha: number;
  added_at: Instant;
}

export interface ImageMetadataTable {
  image_id: number;
  key: string;
  value: string;
}

export interface TrainingRunTable {
  id: Generated<number>;
  dataset_id: number;
  architecture: string;
  hyperparameters: Json;
  input: Json | null;
  status: RunStatus;
  phase: RunPhase | null;
  phase_progress: number;
  epochs_done: number;
  failure: Json | null;
  attempts: number;
  cancel_requested: number;
  lease_token: string | null;
  lease_expires_at: Instant | null;
  created_at: Instant;
  started_at: Instant | null;
  finished_at: Instant | null;
  sweep_id: number | null;
  follows_sweep: Generated<number>;
  stop_reason: StopReason | null;
  /** Milliseconds. */
  worked: Generated<number>;
  request_id: string | null;
  traceparent: string | null;
}

/** Kysely's own: the migrations that were made. */
export interface MigrationTable {
  name: string;
  timestamp: string;
}

export interface SweepTable {
  id: Generated<number>;
  dataset_id: number;
  architecture: string;
  hyperparameters: Json;
  dials: Json;
  input: Json;
  budget_seconds: number;
  seed: number;
  created_at: Instant;
}

export interface EpochTable {
  run_id: number;
  epoch: number;
  loss: number;
  seconds: number;
  finished_at: Instant;
  validation: Json | null;
}

export interface EpochNeighboursTable {
  run_id: number;
  epoch: number;
  image_id: number;
  neighbour_ids: Json;
}

export interface EpochReconstructionTable {
  run_id: number;
  epoch: number;
  image_id: number;
  blob_id: string;
}

export interface CheckpointTable {
  run_id: number;
  epoch: number;
  blob_id: string;
}

export interface RunLogTable {
  run_id: number;
  line: number;
  at: Instant;
  message: string;
}

export interface ModelTable {
  id: number;
  dataset_id: number;
  architecture: string;
  hyperparameters: Json;
  input: Json;
  latent_size: number;
  layers: Json;
  weights_blob_id: string;
  evaluation: Json;
  statistics: Json | null;
  created_at: Instant;
}

export interface ModelIndexTable {
  model_id: number;
  split: Split;
  id: string;
  metric: 'COSINE';
  size: number;
  m: number;
  ef_construction: number;
  ef_search: number;
  build_seconds: number;
  byte_length: number;
  recall_target: number | null;
  recall_curve: Json | null;
}

export interface ModelActivationTable {
  id: Generated<number>;
  dataset_id: number;
  model_id: number;
  previous_model_id: number | null;
  cause: ActivationCause;
  forced: number;
  at: Instant;
}

export interface EmbeddingTable {
  model_id: number;
  image_id: number;
  /** Little-endian 32-bit floats. */
  vector: Uint8Array;
  reconstruction_error: number | null;
}

export interface EmbeddingFailureTable {
  model_id: number;
  image_id: number;
  message: string;
}

export interface EmbeddingMapTable {
  model_id: number;
  kind: MapKind;
  status: MapStatus;
  progress: number;
  blob_id: string | null;
  failure: Json | null;
  attempts: number;
  cancel_requested: number;
  lease_token: string | null;
  lease_expires_at: Instant | null;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface RefusalTable {
  dataset_id: number;
  name: string;
  code: ErrorCode;
  message: string;
  at: Instant;
}

export interface DoomedBlobTable {
  blob_id: string;
}

export interface AccessKeyTable {
  id: Generated<number>;
  name: string;
  hash: string;
  role: Role;
  is_scoped: number;
  from_setting: number;
  created_at: Instant;
  expires_at: Instant | null;
  revoked_at: Instant | null;
  last_used_at: Instant | null;
}

export interface AccessKeyDatasetTable {
  key_id: number;
  dataset_id: number;
}

export interface SessionTable {
  id: Generated<number>;
  key_id: number;
  hash: string;
  previous_hash: string | null;
  created_at: Instant;
  rotated_at: Instant;
  expires_at: Instant;
}

export interface AuditEntryTable {
  id: Generated<number>;
  at: Instant;
  key_id: number | null;
  session_id: number | null;
  caller: string;
  address: string;
  action: string;
  subject: string;
  outcome: AuditOutcome;
  is_refusal: number;
}

export interface Tables {
  audit_entry: AuditEntryTable;
  access_key: AccessKeyTable;
  access_key_dataset: AccessKeyDatasetTable;
  session: SessionTable;
  dataset: DatasetTable;
  image: ImageTable;
  image_metadata: ImageMetadataTable;
  sweep: SweepTable;
  training_run: TrainingRunTable;
  epoch: EpochTable;
  epoch_neighbours: EpochNeighboursTable;
  epoch_reconstruction: EpochReconstructionTable;
  checkpoint: CheckpointTable;
  best_checkpoint: CheckpointTable;
  run_log: RunLogTable;
  model: ModelTable;
  model_index: ModelIndexTable;
  model_activation: ModelActivationTable;
  embedding: EmbeddingTable;
  embedding_failure: EmbeddingFailureTable;
  embedding_map: EmbeddingMapTable;
  refusal: RefusalTable;
  doomed_blob: DoomedBlobTable;
  kysely_migration: MigrationTable;
}
