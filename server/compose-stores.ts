import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystemBlobs } from './adapters/blobs/file-system/blobs.js';
import { holdsBlobs } from './adapters/blobs/file-system/stored-blobs.js';
import { FolderTrial } from './adapters/blobs/file-system/folder-trial.js';
import { withoutChildren } from './adapters/lock/sqlite/children-lock.js';
import { hasTables, openDatabase } from './adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from './adapters/metadata/sqlite/datasets.js';
import { SqliteDoomedBlobs } from './adapters/metadata/sqlite/doomed-blobs.js';
import { SqliteEmbeddingMaps } from './adapters/metadata/sqlite/embedding-maps.js';
import { SqliteEmbeddings } from './adapters/metadata/sqlite/embeddings.js';
import { SqliteImages } from './adapters/metadata/sqlite/images.js';
import { SqliteMapQueue } from './adapters/metadata/sqlite/map-queue.js';
import { SqliteModelActivations } from './adapters/metadata/sqlite/model-activations.js';
import { SqliteModels } from './adapters/metadata/sqlite/models.js';
import { SqliteSweeps } from './adapters/metadata/sqlite/sweeps.js';
import { SqliteTrainingQueue } from './adapters/metadata/sqlite/training-queue.js';
import { MigrationTrial, TransactionTrial } from './adapters/metadata/sqlite/trials.js';
import { SqliteTrainingRuns } from './adapters/metadata/sqlite/training-runs.js';
import { SharpPictures } from './adapters/pictures/sharp/pictures.js';
import { HnswlibIndexes } from './adapters/vector-index/hnswlib/indexes.js';
import type { Config } from './config.js';
import { LookalikeError } from './domain/errors.js';
import type { Log } from './ports/log.js';
import type { LiveIndexes } from './services/live-indexes.js';
import type { ModelService } from './services/model.service.js';
import { Readiness } from './services/readiness.js';

/** A child of a server that was killed ends when it notices, at the next step of its work. */
const LAST_OF_OTHERS_MS = 3000;

/**
 * What lies in the data directory, as every process of ours opens it.
 * @param owner whose leases those of the queues are; left out, nobody's who is known elsewhere
 * @throws LookalikeError DATA_DIRECTORY_UNUSABLE
 */
export function openStores({ dataDirectory }: Config, owner?: string) {
  requireMetadata(dataDirectory);
  const database = openDatabase(dataDirectory);
  return {
    database,
    datasets: new SqliteDatasets(database),
    images: new SqliteImages(database),
    models: new SqliteModels(database),
    activations: new SqliteModelActivations(database),
    embeddings: new SqliteEmbeddings(database),
    doomed: new SqliteDoomedBlobs(database),
    runs: new SqliteTrainingRuns(database),
    queue: new SqliteTrainingQueue(database, owner),
    sweeps: new SqliteSweeps(database),
    maps: new SqliteEmbeddingMaps(database),
    mapQueue: new SqliteMapQueue(database, owner),
    blobs: new FileSystemBlobs(join(dataDirectory, 'blobs')),
    indexes: new HnswlibIndexes(join(dataDirectory, 'indexes')),
    pictures: new SharpPictures(),
  };
}

/**
 * The tables are made before all else: where they are missing beside pictures, somebody has lost them. New
 * ones would tell that all pictures are nobody's.
 * @throws LookalikeError DATA_DIRECTORY_UNUSABLE
 */
export function requireMetadata(dataDirectory: string): void {
  const blobs = join(dataDirectory, 'blobs');
  if (!existsSync(blobs)) return;
  const isThere = existsSync(join(dataDirectory, 'metadata.sqlite'));
  // A first start that was killed leaves a file without tables, and no pictures.
  if (isThere && (hasTables(dataDirectory) || !holdsBlobs(blobs))) return;
  throw new LookalikeError(
    'DATA_DIRECTORY_UNUSABLE',
    `There are pictures in ${dataDirectory}, and no metadata.sqlite${isThere ? ' with tables' : ''} ` +
      'that tells what they are. Restore it from a backup, or move the directory away to start over.',
  );
}

/** Removes what was not finished when the server was killed before. */
export async function cleanUp(
  { dataDirectory }: Config,
  { blobs, indexes }: ReturnType<typeof openStores>,
  models: Pick<ModelService, 'removeUnpublishedIndexes'>,
  log: Log,
): Promise<void> {
  const isDone = await withoutChildren(dataDirectory, LAST_OF_OTHERS_MS, async () => {
    await models.removeUnpublishedIndexes();
    await indexes.sweepUnfinished();
    await blobs.sweepUnfinished();
  });
  if (isDone) return;
  log.warn(
    'a process of a server that was killed still works on the data: the next start clears up after it',
  );
}

/** What the server's process tries of them, to tell whether it can do its work. */
export function composeReadiness(
  { dataDirectory }: Config,
  { database, datasets }: ReturnType<typeof openStores>,
  live: LiveIndexes,
  log: Log,
): Readiness {
  const trials = {
    migrations: [new MigrationTrial(database)],
    database: [new FolderTrial(dataDirectory), new TransactionTrial(database)],
    blobs: [new FolderTrial(join(dataDirectory, 'blobs'))],
  };
  return new Readiness(trials, datasets, live, log);
}
