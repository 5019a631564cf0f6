import { readdir } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { ZipBundles } from '../../../server/adapters/bundles/zip/zip-bundles.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import type { Log } from '../../../server/ports/log.js';
import type { BulkRuntime } from '../../../server/ports/model-runtime.js';
import { BulkEmbedder } from '../../../server/services/bulk-embedder.js';
import { BundleExport } from '../../../server/services/bundle-export.js';
import { BundleContentImport } from '../../../server/services/bundle-import-content.js';
import { BundleModelImport } from '../../../server/services/bundle-import-model.js';
import { BundleImport } from '../../../server/services/bundle-import.js';
import { DatasetDeletion } from '../../../server/services/dataset-deletion.js';
import { EmbeddingCatchUp } from '../../../server/services/embedding-catch-up.js';
import { FilterMatches } from '../../../server/services/filter-matches.js';
import { ImageWriter } from '../../../server/services/image-writer.js';
import { ImportService } from '../../../server/services/import.service.js';
import { Leftovers } from '../../../server/services/leftovers.js';
import { LiveIndexes } from '../../../server/services/live-indexes.js';
import { LoadedNetworks } from '../../../server/services/loaded-networks.js';
import { WaitingBundles } from '../../../server/services/waiting-bundles.js';
import { WriteQueue } from '../../../server/services/write-queue.js';
import { inPieces } from '../../contract/bundle-bytes.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { openStores, type Stores } from './stores.js';

export type BundleWorld = Awaited<ReturnType<typeof openBundleWorld>>;

/** A data directory with what exports and imports its datasets. */
export async function openBundleWorld(log?: Log) {
  const stores = await openStores(log);
  const folder = await temporaryFolder();
  return { ...stores, folder, ...startServices(stores, folder) };
}

/**
 * The services as a server starts them; called again, those of its next start.
 * @param changed lets a test look into the bulk work
 */
export function startServices(
  stores: Stores,
  folder: string,
  changed: (bulk: BulkRuntime) => BulkRuntime = (bulk) => bulk,
) {
  const { datasets, images, blobs, embeddings, models, runs, indexes, log } = stores;
  const bundles = new ZipBundles(folder);
  const writes = new WriteQueue();
  const leftovers = new Leftovers(stores.doomed, blobs, embeddings, writes);
  const bulk = changed(
    new BulkEmbedder(new LoadedNetworks(createNetworks, blobs), stores, createExactSearch),
  );
  const live = new LiveIndexes(indexes, embeddings, bulk, models, log);
  const catchUp = new EmbeddingCatchUp(
    ...([datasets, models, images, embeddings, bulk, live, log, writes] as const),
  );
  onTestFinished(() => catchUp.close());
  const matches = new FilterMatches(images);
  const writer = new ImageWriter(
    ...([datasets, images, blobs, embeddings, models, bulk, live] as const),
    ...([matches, catchUp, writes, leftovers] as const),
  );
  const modelImport = new BundleModelImport(
    ...([[convAutoencoder], datasets, blobs, embeddings, models, bulk, live, writes, log] as const),
  );
  const content = new BundleContentImport(
    ...([datasets, images, embeddings, writer, modelImport, catchUp, writes] as const),
  );
  const imports = new BundleImport(bundles, datasets, content, writes, log);
  onTestFinished(() => imports.close());
  const waiting = new WaitingBundles(bundles);
  const deletion = new DatasetDeletion(
    ...([datasets, models, runs, leftovers, indexes, writer, live, writes, log] as const),
    waiting,
  );
  return {
    bundles,
    writer,
    deletion,
    sourceImports: new ImportService(datasets, images, blobs, leftovers, writes, waiting),
    live,
    imports,
    exports: new BundleExport(bundles, datasets, images, blobs, embeddings, models, runs),
    /** What lies where bundles come in. */
    incoming: () => readdir(folder),
  };
}

/** The bytes of an exported dataset. */
export async function exported({ exports }: BundleWorld, datasetId: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const { writeTo } = await exports.prepare(datasetId);
  await writeTo(async (bytes) => {
    pieces.push(bytes);
  });
  return Buffer.concat(pieces);
}

/** Imports a bundle to its end, well or not. @returns the id of its dataset */
export async function imported(
  { imports }: BundleWorld,
  bytes: Uint8Array,
  name: string | null = null,
): Promise<number> {
  const { id } = await imports.receive({ name, title: null, pieces: inPieces(bytes) });
  await imports.ended();
  return id;
}

/** The same data directory with the services of its next start, which has gone on. */
export async function restarted(world: BundleWorld): Promise<BundleWorld> {
  const next = { ...world, ...startServices(world, world.folder) };
  await next.imports.resume();
  await next.imports.ended();
  return next;
}
