import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileSystemBlobs } from './adapters/blobs/file-system/blobs.js';
import { FashionMnist } from './adapters/dataset-source/idx/fashion-mnist.js';
import { InProcessEvents } from './adapters/events/in-process/events.js';
import { lockDataDirectory } from './adapters/lock/sqlite/data-directory-lock.js';
import { ConsoleLog } from './adapters/log/console/log.js';
import { migrate, openDatabase } from './adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from './adapters/metadata/sqlite/datasets.js';
import { SqliteEmbeddings } from './adapters/metadata/sqlite/embeddings.js';
import { SqliteImages } from './adapters/metadata/sqlite/images.js';
import { SqliteModels } from './adapters/metadata/sqlite/models.js';
import { SqliteTrainingQueue } from './adapters/metadata/sqlite/training-queue.js';
import { SqliteTrainingRuns } from './adapters/metadata/sqlite/training-runs.js';
import { ChildProcessModelRuntime } from './adapters/model-runtime/child-process/model-runtime.js';
import { ChildProcessTrainerPool } from './adapters/model-runtime/child-process/trainer-pool.js';
import { SharpPictures } from './adapters/pictures/sharp/pictures.js';
import { HnswlibIndexes } from './adapters/vector-index/hnswlib/indexes.js';
import type { Services } from './api/schema.js';
import type { Config } from './config.js';
import { convAutoencoder } from './domain/architectures/conv-autoencoder.js';
import { reasonOf } from './domain/errors.js';
import { createExactSearch } from './ml/exact-search.js';
import { createNetworks } from './ml/networks.js';
import type { Log } from './ports/log.js';
import { DatasetService } from './services/dataset.service.js';
import { Embedder } from './services/embedder.service.js';
import { FashionMnistService } from './services/fashion-mnist.service.js';
import { ImageService } from './services/image.service.js';
import { ImportService } from './services/import.service.js';
import { LoadedIndexes } from './services/loaded-indexes.js';
import { ModelService } from './services/model.service.js';
import { SearchService } from './services/search.service.js';
import { Trainer } from './services/trainer.service.js';
import { TrainingService } from './services/training.service.js';

const ARCHITECTURES = [convAutoencoder];

/** What lies in the data directory, as every process of ours opens it. */
function openStores({ dataDirectory }: Config) {
  const database = openDatabase(dataDirectory);
  return {
    database,
    datasets: new SqliteDatasets(database),
    images: new SqliteImages(database),
    models: new SqliteModels(database),
    embeddings: new SqliteEmbeddings(database),
    runs: new SqliteTrainingRuns(database),
    queue: new SqliteTrainingQueue(database),
    blobs: new FileSystemBlobs(join(dataDirectory, 'blobs')),
    indexes: new HnswlibIndexes(join(dataDirectory, 'indexes')),
    pictures: new SharpPictures(),
  };
}

export interface Server {
  readonly services: Services;
  readonly log: Log;
  /** Goes on with what a start leaves to do: clean up, import, wake the trainer. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** The parts of the API's process. @throws LookalikeError DATA_DIRECTORY_LOCKED, ..._UNUSABLE */
export async function composeServer(config: Config): Promise<Server> {
  const log = new ConsoleLog('server');
  const unlock = lockDataDirectory(config.dataDirectory);
  const stores = openStores(config);
  const { datasets, images, models, embeddings, runs, queue, blobs, indexes, pictures } = stores;
  await migrate(stores.database);
  const events = new InProcessEvents();
  const runtime = new ChildProcessModelRuntime(entry('embedder.js'), log);
  const trainers = new ChildProcessTrainerPool(entry('trainer.js'), queue, events, log);
  const loadedIndexes = new LoadedIndexes(indexes, runtime, log);
  const modelService = new ModelService(
    models,
    datasets,
    images,
    blobs,
    indexes,
    loadedIndexes,
    runtime,
  );
  const training = new TrainingService(
    ARCHITECTURES,
    datasets,
    images,
    runs,
    events,
    trainers,
    blobs,
  );
  const fashionMnist = new FashionMnistService(
    new FashionMnist(config.fashionMnistDirectory),
    datasets,
    new ImportService(datasets, images, blobs),
    training,
    log,
  );
  return {
    log,
    services: {
      datasets: new DatasetService(datasets, images),
      fashionMnist,
      images: new ImageService(images, blobs, pictures, runs),
      models: modelService,
      search: new SearchService(modelService, images, embeddings, loadedIndexes, runtime),
      training,
    },
    begin: async () => {
      await attempt(log, 'clean up', () => modelService.removeUnpublishedIndexes());
      await attempt(log, 'load the indexes', () => modelService.loadActiveIndexes());
      trainers.wake();
      await attempt(log, 'warm up', async () => {
        const present = await datasets.list();
        if (present.some(({ activeModelId }) => activeModelId !== null)) runtime.warmUp();
      });
      await attempt(log, 'import', () => fashionMnist.begin(config.firstStart));
    },
    close: async () => {
      runtime.close();
      await trainers.close();
      await stores.database.destroy();
      blobs.close();
      unlock();
    },
  };
}

/** What a start leaves to do must not end a server that answers already. */
async function attempt(log: Log, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    log.error(`could not ${what}: ${reasonOf(thrown)}`);
  }
}

/** The training process. @param announce tells the parent that a run's rows have changed */
export function composeTrainer(config: Config, announce: (runId: number) => void): Trainer {
  return new Trainer({
    ...openStores(config),
    networks: createNetworks,
    exactSearch: createExactSearch,
    log: new ConsoleLog('trainer'),
    announce,
  });
}

/** The embedding process. */
export function composeEmbedder(config: Config): Embedder {
  const { pictures, blobs, models, embeddings, indexes } = openStores(config);
  return new Embedder(createNetworks, pictures, blobs, models, embeddings, indexes);
}

function entry(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
