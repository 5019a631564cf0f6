import type { Split } from '../../../server/domain/dataset.js';
import type { NewImage } from '../../../server/domain/image.js';
import type { Embedding, ModelIndex, NewModel } from '../../../server/domain/model.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { BulkEmbedder } from '../../../server/services/bulk-embedder.js';
import { Embedder } from '../../../server/services/embedder.service.js';
import { FilterMatches } from '../../../server/services/filter-matches.js';
import { buildIndex } from '../../../server/services/index-building.js';
import { storedVectors } from '../../../server/services/stored-vectors.js';
import { Leftovers } from '../../../server/services/leftovers.js';
import { LiveIndexes } from '../../../server/services/live-indexes.js';
import { LoadedNetworks } from '../../../server/services/loaded-networks.js';
import { ModelChoiceService } from '../../../server/services/model-choice.service.js';
import { ModelMeasuring } from '../../../server/services/model-measuring.js';
import { ModelService } from '../../../server/services/model.service.js';
import { ExamplePictures } from '../../../server/services/search-query-pictures.js';
import { QueryReader } from '../../../server/services/search-query.js';
import { SearchService } from '../../../server/services/search.service.js';
import { WriteQueue } from '../../../server/services/write-queue.js';
import { claimed, newImage, newModel, queuedRun } from '../../contract/metadata/rows.js';
import { openStores, type Stores } from './stores.js';

const HYPERPARAMETERS = { m: 16, efConstruction: 200, efSearch: 64 };

/** A direction in the plane: the cosine distance of two tells how far apart their angles are. */
export function direction(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.from([Math.cos(angle), Math.sin(angle)]);
}

/** Images by the direction of their embeddings: `train/30` points 30 degrees up. */
export async function searchOver(train: readonly number[], test: readonly number[]) {
  const stores = await openStores();
  const { id: datasetId } = await stores.datasets.findOrCreate('pictures', 'Pictures');
  const rows = (split: Split, degrees: readonly number[]) =>
    degrees.map((each) => newImage(datasetId, `${split.toLowerCase()}/${each}`, { split }));
  await stores.images.insertMany([...rows('TRAIN', train), ...rows('TEST', test)]);
  return { stores, datasetId, ...servicesOn(stores) };
}

/** The services as the server has them; models run in this process. */
export function servicesOn(stores: Stores) {
  const { models, datasets, images, blobs, indexes, embeddings, pictures, log } = stores;
  const networks = new LoadedNetworks(createNetworks, blobs);
  const runtime = new Embedder(networks, pictures);
  const bulk = new BulkEmbedder(networks, stores, createExactSearch);
  const live = new LiveIndexes(indexes, embeddings, bulk, models, log);
  const writes = new WriteQueue();
  const activated: number[] = [];
  const service = new ModelService(
    ...([models, datasets, images, blobs, indexes, live, runtime] as const),
    ...([new Leftovers(stores.doomed, blobs, embeddings, writes), writes] as const),
  );
  const choice = new ModelChoiceService(
    ...([models, datasets, stores.activations] as const),
    new ModelMeasuring({ datasets, models, images, embeddings }),
    live,
    (datasetId) => activated.push(datasetId),
  );
  const matches = new FilterMatches(images);
  const examples = new ExamplePictures(images, blobs);
  const queries = new QueryReader(examples, embeddings, runtime, live);
  return {
    ...{ live, matches, examples, queries, runtime, activated, choice },
    models: service,
    search: new SearchService(service, images, live, matches, queries),
  };
}

/** Adds what `makes` says of a claimed run, with the embeddings given for its images. */
export async function modelWith(
  stores: Stores,
  embeddingsOf: (modelId: number) => Promise<readonly Embedding[]>,
  changes: Partial<NewModel> & { readonly latentSize: number },
): Promise<number> {
  await queuedRun(stores);
  const { run, lease } = await claimed(stores);
  const embedded = await embeddingsOf(run.id);
  await stores.embeddings.putMany(run.id, embedded);
  const indexes: ModelIndex[] = [];
  for (const split of ['TRAIN', 'TEST'] as const) {
    const dimension = changes.latentSize;
    const base = await storedVectors(stores.embeddings, run.id, split, dimension);
    if (base.imageIds.length === 0) continue;
    const heldOut = { imageIds: [], vectors: new Float32Array() };
    const order = { hyperparameters: HYPERPARAMETERS, split, dimension, base, heldOut };
    const silent = () => Promise.resolve();
    indexes.push(await buildIndex(stores.indexes, createExactSearch, order, silent));
  }
  const model = { hyperparameters: HYPERPARAMETERS, indexes, ...changes };
  await stores.queue.succeed(lease, newModel(run.id, run.datasetId, model));
  return run.id;
}

/** A model that embeds every image in the direction of its name, turned by some degrees. */
export function modelOf(
  stores: Stores,
  turned = 0,
  changes: Partial<NewModel> = {},
): Promise<number> {
  const embeddingsOf = async () => {
    const { id } = await stores.datasets.findOrCreate('pictures', 'Pictures');
    const all = await stores.images.byIds(await stores.images.ids(id, {}));
    return all.map(({ id: imageId, name }) => ({
      imageId,
      vector: direction(Number(name.split('/')[1]) + turned),
      reconstructionError: null,
    }));
  };
  return modelWith(stores, embeddingsOf, { latentSize: 2, ...changes });
}

/** Adds images as the server does under its active model. @returns their ids, in order */
export async function addedTo(
  { stores, live }: { stores: Stores; live: LiveIndexes },
  modelId: number,
  images: readonly (NewImage & { readonly vector: Float32Array })[],
): Promise<number[]> {
  await stores.images.insertMany(images.map(({ vector: _, ...image }) => image));
  const [first] = images;
  if (!first) return [];
  const names = images.map(({ name }) => name);
  const rows = await stores.images.byNames(first.datasetId, names);
  const embedded = images.flatMap(({ name, split, vector }) => {
    const imageId = rows.find((row) => row.name === name)?.id;
    return imageId ? [{ imageId, split, vector, reconstructionError: null }] : [];
  });
  await stores.embeddings.putMany(modelId, embedded);
  for (const split of ['TRAIN', 'TEST'] as const) {
    live.noteAdded(
      { id: modelId },
      split,
      embedded.filter((each) => each.split === split),
    );
  }
  return embedded.map(({ imageId }) => imageId);
}

/** Deletes images as the server does. */
export async function removedFrom(
  { stores, live }: { stores: Stores; live: LiveIndexes },
  imageIds: readonly number[],
): Promise<void> {
  await stores.images.deleteMany(imageIds);
  live.noteRemoved(imageIds);
}

/** The id of the image with this name. */
export async function idOf({ images }: Stores, datasetId: number, name: string): Promise<number> {
  const [image] = await images.byNames(datasetId, [name]);
  return image?.id ?? 0;
}
