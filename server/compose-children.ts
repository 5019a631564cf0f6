import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { joinDataDirectory } from './adapters/lock/sqlite/children-lock.js';
import { ConsoleLog } from './adapters/log/console/log.js';
import { composeTracing } from './compose-metrics.js';
import { openStores } from './compose-stores.js';
import type { Config } from './config.js';
import { LookalikeError } from './domain/errors.js';
import { createAugmenter } from './ml/augmenter.js';
import { createExactSearch } from './ml/exact-search.js';
import { createNetworks } from './ml/networks.js';
import { createPlainComparisons } from './ml/plain-comparisons.js';
import { tensorMemory } from './ml/tf.js';
import { AugmentationPreview } from './services/augmentation-preview.js';
import { BulkEmbedder } from './services/bulk-embedder.js';
import { Embedder } from './services/embedder.service.js';
import { LoadedNetworks } from './services/loaded-networks.js';
import { MapMaker } from './services/map-maker.js';
import { Trainer } from './services/trainer.service.js';
import type { OnBatch } from './services/query-batches.js';

/**
 * The stores of a server that has opened them: a child makes none.
 * @throws LookalikeError DATA_DIRECTORY_UNUSABLE
 */
function openServed(config: Config, owner?: string) {
  if (!existsSync(join(config.dataDirectory, 'metadata.sqlite'))) {
    throw new LookalikeError(
      'DATA_DIRECTORY_UNUSABLE',
      `The data directory ${config.dataDirectory} is gone.`,
    );
  }
  joinDataDirectory(config.dataDirectory);
  return openStores(config, owner);
}

/** What works off a queue. */
interface Worker {
  /** False if nothing waits. */
  runNext(signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * The training process.
 * @param owner whose its leases are
 * @param announce tells the parent that a run's rows have changed
 */
export async function composeTrainer(
  config: Config,
  owner: string | undefined,
  announce: (runId: number, memory: ReturnType<typeof tensorMemory>) => void,
): Promise<Worker> {
  const log = new ConsoleLog('trainer', config.log);
  const tracing = await composeTracing(config, 'trainer', log);
  const trainer = new Trainer({
    ...openServed(config, owner),
    networks: createNetworks,
    exactSearch: createExactSearch,
    comparisons: createPlainComparisons,
    ...{ log, tracing },
    announce: (runId) => announce(runId, tensorMemory()),
  });
  return { runNext: (signal) => trainer.runNext(signal), close: () => tracing.close() };
}

/** The training process that draws maps. */
export function composeMapMaker(config: Config, owner: string | undefined): Worker {
  const maker = new MapMaker({
    ...openServed(config, owner),
    exactSearch: createExactSearch,
    comparisons: createPlainComparisons,
    log: new ConsoleLog('trainer', config.log),
  });
  return { runNext: (signal) => maker.runNext(signal), close: () => Promise.resolve() };
}

/** An embedding process: the server has one for queries and one for bulk work. */
export function composeEmbedder(config: Config, onBatch: OnBatch) {
  const stores = openServed(config);
  const networks = new LoadedNetworks(createNetworks, stores.blobs);
  return {
    queries: new Embedder(networks, stores.pictures, onBatch),
    augmentation: new AugmentationPreview(createAugmenter(), stores.pictures),
    bulk: new BulkEmbedder(networks, stores, createExactSearch, onBatch),
  };
}
