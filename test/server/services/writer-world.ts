import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import type { Split } from '../../../server/domain/dataset.js';
import type { InputSpec, Model } from '../../../server/domain/model.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import type { BulkRuntime } from '../../../server/ports/model-runtime.js';
import { BulkEmbedder } from '../../../server/services/bulk-embedder.js';
import { DatasetDeletion } from '../../../server/services/dataset-deletion.js';
import { EmbeddingCatchUp } from '../../../server/services/embedding-catch-up.js';
import { FilterMatches } from '../../../server/services/filter-matches.js';
import { ImageWriter, type NewFile } from '../../../server/services/image-writer.js';
import { Leftovers } from '../../../server/services/leftovers.js';
import { LiveIndexes } from '../../../server/services/live-indexes.js';
import { LoadedNetworks } from '../../../server/services/loaded-networks.js';
import { WriteQueue } from '../../../server/services/write-queue.js';
import { claimed, newModel } from '../../contract/metadata/rows.js';
import { openStores, type Stores } from './stores.js';

const INPUT: InputSpec = {
  ...{ width: 28, height: 28, channels: 3 },
  ...{ fit: 'CONTAIN', background: '#000000', scaling: 'UNIT' },
};

export type WriterWorld = Awaited<ReturnType<typeof writerWorld>>;

/** The writer and what works beside it, on stores of its own, with an empty dataset. */
export async function writerWorld() {
  const stores = await openStores();
  const dataset = await stores.datasets.create('own', 'My own');
  if (!dataset) throw new Error('The dataset is there already.');
  return { stores, datasetId: dataset.id, ...partsOn(stores) };
}

/** The parts as a new process has them. @param changed lets a test look into the bulk work */
export function partsOn(stores: Stores, changed: (bulk: BulkRuntime) => BulkRuntime = (b) => b) {
  const { datasets, images, blobs, embeddings, models, runs, indexes, log } = stores;
  const bulk = changed(
    new BulkEmbedder(new LoadedNetworks(createNetworks, blobs), stores, createExactSearch),
  );
  const live = new LiveIndexes(indexes, embeddings, bulk, models, log);
  const matches = new FilterMatches(images);
  const writes = new WriteQueue();
  const leftovers = new Leftovers(stores.doomed, blobs, embeddings, writes);
  const catchUp = new EmbeddingCatchUp(
    ...([datasets, models, images, embeddings, bulk, live, log, writes, 5] as const),
  );
  onTestFinished(() => catchUp.close());
  const writer = new ImageWriter(
    ...([datasets, images, blobs, embeddings, models, bulk, live, matches] as const),
    ...([catchUp, writes, leftovers] as const),
  );
  const deletion = new DatasetDeletion(
    ...([datasets, models, runs, leftovers, indexes, writer, live, writes, log] as const),
    stores.waiting,
  );
  return { writer, catchUp, deletion, live, matches, writes, leftovers };
}

/** A model with weights of its own that has learned nothing, and is active. */
export async function untrainedModel(stores: Stores, datasetId: number): Promise<Model> {
  const hyperparameters = completeHyperparameters(convAutoencoder, {});
  const architecture = convAutoencoder.name;
  await stores.runs.create(datasetId, architecture, hyperparameters, INPUT);
  const { run, lease } = await claimed(stores);
  const networks = await createNetworks();
  const network = networks.create({ architecture, hyperparameters, input: INPUT });
  const weightsBlobId = await stores.blobs.put(await network.weights(`run ${run.id}`));
  const { latentSize } = network;
  network.dispose();
  const changes = { architecture, hyperparameters, input: INPUT, latentSize, weightsBlobId };
  await stores.queue.succeed(lease, newModel(run.id, datasetId, { ...changes, indexes: [] }));
  const model = await stores.models.byId(run.id);
  if (!model) throw new Error('There is no model.');
  return model;
}

/** A PNG that is like no other of another number. */
export function picture(number: number, side = 12): Promise<Uint8Array> {
  const pixels = Uint8Array.from(
    { length: side * side * 3 },
    (_, at) => (number * 37 + at * (number + 3)) % 256,
  );
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

export function file(
  name: string,
  bytes: Uint8Array | Promise<Uint8Array>,
  words: { label?: string; split?: Split; metadata?: NewFile['metadata'] } = {},
): NewFile {
  const { label = null, split = null, metadata = [] } = words;
  return { name, bytes: () => Promise.resolve(bytes), label, split, metadata };
}

/** Name, outcome, and the code of a refusal of each. */
export async function outcomes(
  { writer, datasetId }: WriterWorld,
  files: readonly NewFile[],
): Promise<string[]> {
  const added = await writer.add(datasetId, files);
  return added.map(({ name, outcome, refusal }) =>
    [name, outcome, ...(refusal ? [refusal.code] : [])].join(' '),
  );
}
