import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ZipBundles } from './adapters/bundles/zip/zip-bundles.js';
import { FashionMnist } from './adapters/dataset-source/idx/fashion-mnist.js';
import { InProcessEvents } from './adapters/events/in-process/events.js';
import {
  lockDataDirectory,
  requireWholeDirectory,
} from './adapters/lock/sqlite/data-directory-lock.js';
import { watchDataDirectory } from './adapters/lock/sqlite/directory-watch.js';
import { ConsoleLog } from './adapters/log/console/log.js';
import { migrate } from './adapters/metadata/sqlite/database.js';
import { PrometheusMetrics } from './adapters/metrics/prometheus/metrics.js';
import { ChildProcessBulkRuntime } from './adapters/model-runtime/child-process/bulk-runtime.js';
import { MAPS } from './adapters/model-runtime/child-process/messages.js';
import { ChildProcessModelRuntime } from './adapters/model-runtime/child-process/model-runtime.js';
import { ChildProcessTrainerPool } from './adapters/model-runtime/child-process/trainer-pool.js';
import type { Services } from './api/schema.js';
import { composeAccess } from './compose-access.js';
import { addSources, composeTracing } from './compose-metrics.js';
import { cleanUp, composeReadiness, openStores } from './compose-stores.js';
import type { Config } from './config.js';
import { ARCHITECTURES } from './domain/architectures/registry.js';
import { reasonOf, type LookalikeError } from './domain/errors.js';
import type { Log } from './ports/log.js';
import type { Metrics } from './ports/metrics.js';
import type { Tracing } from './ports/tracing.js';
import { AugmentationPreviewService } from './services/augmentation-preview.service.js';
import { BundleExport } from './services/bundle-export.js';
import { BundleContentImport } from './services/bundle-import-content.js';
import { BundleModelImport } from './services/bundle-import-model.js';
import { BundleImport } from './services/bundle-import.js';
import { DatasetDeletion } from './services/dataset-deletion.js';
import { DatasetService } from './services/dataset.service.js';
import { DuplicateService } from './services/duplicate.service.js';
import { EmbeddingCatchUp } from './services/embedding-catch-up.js';
import { EmbeddingMapService } from './services/embedding-map.service.js';
import { ExplanationService } from './services/explanation.service.js';
import { FamiliarityService } from './services/familiarity.js';
import { FashionMnistService } from './services/fashion-mnist.service.js';
import { FilterMatches } from './services/filter-matches.js';
import { ImageDetails } from './services/image-details.service.js';
import { ImageWriter } from './services/image-writer.js';
import { ImageService } from './services/image.service.js';
import { ImportService } from './services/import.service.js';
import { Leftovers } from './services/leftovers.js';
import { LabelReviewService } from './services/label-review.service.js';
import { LiveIndexes } from './services/live-indexes.js';
import { ModelChoiceService } from './services/model-choice.service.js';
import { Measurements } from './services/measurements.js';
import { ModelMeasuring } from './services/model-measuring.js';
import { ModelService } from './services/model.service.js';
import { OddImageService } from './services/odd-image.service.js';
import { ExamplePictures } from './services/search-query-pictures.js';
import { QueryReader } from './services/search-query.js';
import { RememberedImages } from './services/remembered-images.js';
import { SearchService } from './services/search.service.js';
import { SweepService } from './services/sweep.service.js';
import { TrainingProposalService } from './services/training-proposal.service.js';
import { tracedBulkRuntime, tracedModelRuntime } from './services/traced-runtimes.js';
import { TrainingWatch } from './services/training-watch.js';
import { TrainingService } from './services/training.service.js';
import { Visibility } from './services/visibility.js';
import { WaitingBundles } from './services/waiting-bundles.js';
import { WriteQueue } from './services/write-queue.js';

export interface Server {
  readonly services: Services;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  /** The secret of the key that was made at the first start, to be shown once; else null. */
  readonly firstKey: string | null;
  /** Whether there is no key to log in with. */
  readonly isKeyless: boolean;
  /** Settles when the data directory is gone: the server must end, and answer nothing more. */
  readonly lost: Promise<LookalikeError>;
  /** Loads what the first queries search. */
  loadIndexes(): Promise<void>;
  /** Goes on with what a start leaves to do: clean up, import, wake the trainer. */
  begin(): Promise<void>;
  /**
   * Stops what goes on in the background where it can go on at the next start, and lets go of everything.
   * @param drained settles when nobody waits for an answer any more
   */
  close(drained?: Promise<void>): Promise<void>;
}

/** A batch of pictures that is still being embedded then is given up, and embedded at the next start. */
const LAST_BATCH_MS = 9000;

/**
 * The parts of the API's process.
 * @param hasTerminal whether somebody sees what is printed
 * @throws LookalikeError DATA_DIRECTORY_LOCKED, ..._UNUSABLE
 */
export async function composeServer(config: Config, hasTerminal = false): Promise<Server> {
  const log = new ConsoleLog('server', config.log, {}, config.adminKey);
  const unlock = lockDataDirectory(config.dataDirectory);
  requireWholeDirectory(config.dataDirectory);
  const stores = openStores(config);
  const { datasets, models, embeddings, runs, queue, maps, mapQueue } = stores;
  const { blobs, indexes, pictures } = stores;
  const watch = watchDataDirectory(config.dataDirectory);
  const images = new RememberedImages(stores.images);
  await migrate(stores.database);
  const { firstKey, ...doors } = await composeAccess(stores.database, config, log, hasTerminal);
  const bundles = new ZipBundles(join(config.dataDirectory, 'incoming'));
  const events = new InProcessEvents();
  const metrics = new PrometheusMetrics(log);
  const tracing = await composeTracing(config, 'server', log);
  const embedder = new ChildProcessModelRuntime(entry('embedder.js'), log, metrics);
  const bulkEmbedder = new ChildProcessBulkRuntime(entry('embedder.js'), log, undefined, metrics);
  const runtime = tracedModelRuntime(embedder, tracing);
  const bulk = tracedBulkRuntime(bulkEmbedder, tracing);
  const trainers = new ChildProcessTrainerPool(entry('trainer.js'), queue, events, log);
  // A process of its own: a map takes seconds, and need not wait for half an hour of training.
  const mapMakers = new ChildProcessTrainerPool(
    ...([entry('trainer.js'), mapQueue, events, log, [MAPS]] as const),
  );

  const writes = new WriteQueue();
  addSources(metrics, new Measurements(datasets, images, models, runs, writes), {
    ...{ embedder, bulkEmbedder, trainers, mapMakers },
  });
  const waiting = new WaitingBundles(bundles);
  const leftovers = new Leftovers(stores.doomed, blobs, embeddings, writes);
  const live = new LiveIndexes(indexes, embeddings, bulk, models, log);
  const matches = new FilterMatches(images);
  const catchUp = new EmbeddingCatchUp(
    ...([datasets, models, images, embeddings, bulk, live, log, writes] as const),
  );
  const writer = new ImageWriter(
    ...([
      datasets,
      images,
      blobs,
      embeddings,
      models,
      bulk,
      live,
      matches,
      catchUp,
      writes,
      leftovers,
    ] as const),
  );
  const deletion = new DatasetDeletion(
    ...([datasets, models, runs, leftovers, indexes, writer, live, writes, log, waiting] as const),
  );
  const modelService = new ModelService(
    ...([models, datasets, images, blobs, indexes, live, runtime, leftovers, writes] as const),
  );
  const proposals = new TrainingProposalService(datasets, images, ARCHITECTURES);
  const training = new TrainingService(
    ARCHITECTURES,
    ...([datasets, images, runs, events, trainers, proposals, leftovers, writes] as const),
  );
  const imports = new ImportService(datasets, images, blobs, leftovers, writes, waiting);
  const source = new FashionMnist(config.fashionMnistDirectory);
  const fashionMnist = new FashionMnistService(source, datasets, imports, training, log);
  let isClosing = false;
  const unlessClosing = (what: string, work: () => Promise<void>) =>
    attempt(log, what, work, () => isClosing);
  const bundleModel = new BundleModelImport(
    ARCHITECTURES,
    ...([datasets, blobs, embeddings, models, bulk, live, writes, log] as const),
  );
  const bundleImport = new BundleImport(
    bundles,
    datasets,
    new BundleContentImport(
      ...([datasets, images, embeddings, writer, bundleModel, catchUp, writes] as const),
    ),
    writes,
    log,
  );
  const datasetService = new DatasetService(datasets, images, embeddings);
  await unlessClosing('count the images', () => datasetService.settleCounts());
  const mapService = new EmbeddingMapService(maps, blobs, mapMakers);
  const trainingWatch = new TrainingWatch(events, runs, catchUp, mapService, log);
  const examples = new ExamplePictures(images, blobs);
  const queries = new QueryReader(examples, embeddings, runtime, live);
  return {
    log,
    metrics,
    tracing,
    firstKey,
    lost: watch.lost,
    isKeyless: doors.access.isKeyless,
    services: {
      augmentation: new AugmentationPreviewService(images, blobs, training, embedder),
      ...doors,
      visibility: new Visibility(images, models, runs, stores.sweeps),
      bundleExport: new BundleExport(
        ...([bundles, datasets, images, blobs, embeddings, models, runs] as const),
      ),
      bundleImport,
      datasets: datasetService,
      deletion,
      duplicates: new DuplicateService(datasets, modelService, images, live),
      explanations: new ExplanationService(modelService, examples, queries, runtime),
      familiarity: new FamiliarityService(examples, embeddings, runtime),
      fashionMnist,
      imageDetails: new ImageDetails(datasets, images, embeddings),
      labels: new LabelReviewService(modelService, images, live, matches),
      maps: mapService,
      images: new ImageService(images, blobs, pictures, runs),
      modelChoice: new ModelChoiceService(
        ...([models, datasets, stores.activations] as const),
        new ModelMeasuring({ datasets, models, images, embeddings }),
        live,
        (datasetId) => catchUp.wake(datasetId),
      ),
      models: modelService,
      oddImages: new OddImageService(modelService, images, embeddings),
      proposals,
      readiness: composeReadiness(config, stores, live, log),
      search: new SearchService(modelService, images, live, matches, queries),
      sweeps: new SweepService(stores.sweeps, runs, training, trainers, events),
      training,
      writer,
    },
    loadIndexes: async () => {
      // Before anything is built: an index is on the disk before its row is written.
      await unlessClosing('clean up', () => cleanUp(config, stores, modelService, log));
      await unlessClosing('load the indexes', () => modelService.loadActiveIndexes());
    },
    begin: async () => {
      await unlessClosing('clean up after deletions', () => leftovers.sweep());
      trainers.wake();
      mapMakers.wake();
      await unlessClosing('measure', () => metrics.begin());
      await unlessClosing('warm up', async () => {
        const present = await datasets.list();
        const active = present.flatMap(({ activeModelId }) => activeModelId ?? []);
        const newest = await models.byId(Math.max(0, ...active));
        // One after the other: queries come first.
        if (newest) {
          const warm = embedder.warmUp(newest).then(() => bulkEmbedder.warmUp(newest));
          void warm.then(() => live.lookAhead());
        }
        for (const { id } of present) catchUp.wake(id);
        for (const { id, activeModelId } of present) {
          if (activeModelId !== null) await images.lookAhead(id);
        }
      });
      trainingWatch.begin();
      await unlessClosing('go on deleting', () => deletion.resume());
      await unlessClosing('go on with bundles', () => bundleImport.resume());
      await unlessClosing('import', () => fashionMnist.begin(config.firstStart));
      await unlessClosing('draw maps', async () => mapService.startMissing(await datasets.list()));
    },
    close: async (drained) => {
      isClosing = true;
      watch.close();
      const workers = [trainers, mapMakers, imports, bundleImport, deletion, catchUp];
      const background = [trainingWatch, ...workers];
      const ended = Promise.all(background.map((each) => each.close()));
      const cutOff = setTimeout(() => bulkEmbedder.close(), LAST_BATCH_MS);
      await drained;
      embedder.close();
      await ended;
      clearTimeout(cutOff);
      bulkEmbedder.close();
      await stores.database.destroy();
      await blobs.close();
      await tracing.close();
      unlock();
    },
  };
}

/** What a start leaves to do must not end a server that answers already; one that ends leaves it. */
async function attempt(
  log: Log,
  what: string,
  work: () => Promise<void>,
  isLeft: () => boolean,
): Promise<void> {
  try {
    if (!isLeft()) await work();
  } catch (thrown) {
    if (!isLeft()) log.error(`could not ${what}: ${reasonOf(thrown)}`);
  }
}

function entry(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
