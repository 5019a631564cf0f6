import { onTestFinished } from 'vitest';
import { SqliteAccessKeys } from '../../../server/adapters/metadata/sqlite/access-keys.js';
import { SqliteAuditLog } from '../../../server/adapters/metadata/sqlite/audit-log.js';
import { migrate, openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from '../../../server/adapters/metadata/sqlite/datasets.js';
import { SqliteDoomedBlobs } from '../../../server/adapters/metadata/sqlite/doomed-blobs.js';
import { SqliteEmbeddingMaps } from '../../../server/adapters/metadata/sqlite/embedding-maps.js';
import { SqliteEmbeddings } from '../../../server/adapters/metadata/sqlite/embeddings.js';
import { SqliteImages } from '../../../server/adapters/metadata/sqlite/images.js';
import { SqliteModelActivations } from '../../../server/adapters/metadata/sqlite/model-activations.js';
import { SqliteMapQueue } from '../../../server/adapters/metadata/sqlite/map-queue.js';
import { SqliteModels } from '../../../server/adapters/metadata/sqlite/models.js';
import { SqliteSweeps } from '../../../server/adapters/metadata/sqlite/sweeps.js';
import { SqliteSessions } from '../../../server/adapters/metadata/sqlite/sessions.js';
import { SqliteTrainingQueue } from '../../../server/adapters/metadata/sqlite/training-queue.js';
import { SqliteTrainingRuns } from '../../../server/adapters/metadata/sqlite/training-runs.js';
import { temporaryFolder } from '../temporary-folder.js';
import type { MetadataUnderTest } from './metadata.js';

export async function openSqlite(): Promise<MetadataUnderTest> {
  const folder = await temporaryFolder();
  const { database, tables } = connect(folder);
  await migrate(database);
  return { ...tables, connectAgain: () => connect(folder).tables };
}

/** The tables of a data directory as they are: nothing is migrated. */
export function connect(folder: string) {
  const database = openDatabase(folder);
  onTestFinished(() => database.destroy());
  return {
    database,
    tables: {
      accessKeys: new SqliteAccessKeys(database),
      auditLog: new SqliteAuditLog(database),
      sessions: new SqliteSessions(database),
      datasets: new SqliteDatasets(database),
      images: new SqliteImages(database),
      models: new SqliteModels(database),
      activations: new SqliteModelActivations(database),
      embeddings: new SqliteEmbeddings(database),
      doomed: new SqliteDoomedBlobs(database),
      runs: new SqliteTrainingRuns(database),
      queue: new SqliteTrainingQueue(database),
      sweeps: new SqliteSweeps(database),
      maps: new SqliteEmbeddingMaps(database),
      mapQueue: new SqliteMapQueue(database),
    },
  };
}
