import { ConsoleLog } from './adapters/log/console/log.js';
import { openStores } from './compose-stores.js';
import type { Config } from './config.js';
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

/** The training process. @param announce tells the parent that a run's rows have changed */
export function composeTrainer(
  config: Config,
  announce: (runId: number, memory: ReturnType<typeof tensorMemory>) => void,
): Trainer {
  return new Trainer({
    ...openStores(config),
    networks: createNetworks,
    exactSearch: createExactSearch,
    comparisons: createPlainComparisons,
    log: new ConsoleLog('trainer', config.log),
    announce: (runId) => announce(runId, tensorMemory()),
  });
}

/** The training process that draws maps. */
export function composeMapMaker(config: Config): MapMaker {
  return new MapMaker({
    ...openStores(config),
    exactSearch: createExactSearch,
    comparisons: createPlainComparisons,
    log: new ConsoleLog('trainer', config.log),
  });
}

/** An embedding process: the server has one for queries and one for bulk work. */
export function composeEmbedder(config: Config, onBatch: OnBatch) {
  const stores = openStores(config);
  const networks = new LoadedNetworks(createNetworks, stores.blobs);
  return {
    queries: new Embedder(networks, stores.pictures, onBatch),
    augmentation: new AugmentationPreview(createAugmenter(), stores.pictures),
    bulk: new BulkEmbedder(networks, stores, createExactSearch, onBatch),
  };
}
