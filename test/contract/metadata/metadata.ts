import type { AccessKeys, Sessions } from '../../../server/ports/access-keys.js';
import type { AuditLog } from '../../../server/ports/audit-log.js';
import type { Datasets } from '../../../server/ports/datasets.js';
import type { DoomedBlobs } from '../../../server/ports/doomed-blobs.js';
import type { EmbeddingMaps, MapQueue } from '../../../server/ports/embedding-maps.js';
import type { Embeddings } from '../../../server/ports/embeddings.js';
import type { Images } from '../../../server/ports/images.js';
import type { ModelActivations } from '../../../server/ports/model-activations.js';
import type { Models } from '../../../server/ports/models.js';
import type { Sweeps } from '../../../server/ports/sweeps.js';
import type { TrainingQueue, TrainingRuns } from '../../../server/ports/training-runs.js';

/** The tables of one data directory. */
export interface Metadata {
  readonly accessKeys: AccessKeys;
  readonly auditLog: AuditLog;
  readonly sessions: Sessions;
  readonly datasets: Datasets;
  readonly images: Images;
  readonly models: Models;
  readonly activations: ModelActivations;
  readonly embeddings: Embeddings;
  readonly doomed: DoomedBlobs;
  readonly runs: TrainingRuns;
  readonly queue: TrainingQueue;
  readonly sweeps: Sweeps;
  readonly maps: EmbeddingMaps;
  readonly mapQueue: MapQueue;
}

/** Tables with what the cases need besides the ports. */
export interface MetadataUnderTest extends Metadata {
  /** The same tables through a connection of its own, as another process has them. */
  connectAgain(): Metadata;
}

export type OpenMetadata = () => Promise<MetadataUnderTest>;
