import type { Split } from '../../../server/domain/dataset.js';
import type { ModelIndex } from '../../../server/domain/model.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { Embedder } from '../../../server/services/embedder.service.js';
import { buildIndex } from '../../../server/services/index-building.js';
import { LoadedIndexes } from '../../../server/services/loaded-indexes.js';
import { ModelService } from '../../../server/services/model.service.js';
import { SearchService } from '../../../server/services/search.service.js';
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

/** The services as the server has them; models run in this process, which no case gets to. */
export function servicesOn(stores: Stores) {
  const { models, datasets, images, blobs, indexes, embeddings, pictures, log } = stores;
  const runtime = new Embedder(createNetworks, pictures, blobs, models, embeddings, indexes);
  const loaded = new LoadedIndexes(indexes, runtime, log);
  const service = new ModelService(models, datasets, images, blobs, indexes, loaded, runtime);
  return {
    models: service,
    search: new SearchService(service, images, embeddings, loaded, runtime),
  };
}

/** A model that embeds every image in the direction of its name, turned by some degrees. */
export async function modelOf(stores: Stores, turned = 0): Promise<number> {
  await queuedRun(stores);
  const { run, lease } = await claimed(stores);
  const all = await stores.images.byIds(await stores.images.ids(run.datasetId, {}));
  await stores.embeddings.putMany(
    run.id,
    all.map(({ id, name }) => ({
      imageId: id,
      vector: direction(Number(name.split('/')[1]) + turned),
    })),
  );
  const indexes: ModelIndex[] = [];
  for (const split of ['TRAIN', 'TEST'] as const) {
    const count = all.filter((image) => image.split === split).length;
    const order = { modelId: run.id, hyperparameters: HYPERPARAMETERS, dimension: 2 };
    const silent = () => Promise.resolve();
    if (count === 0) continue;
    indexes.push(
      await buildIndex(stores.embeddings, stores.indexes, { ...order, split, count }, silent),
    );
  }
  await stores.queue.succeed(
    lease,
    newModel(run.id, run.datasetId, { hyperparameters: HYPERPARAMETERS, latentSize: 2, indexes }),
  );
  return run.id;
}

/** The id of the image with this name. */
export async function idOf({ images }: Stores, datasetId: number, name: string): Promise<number> {
  const all = await images.byIds(await images.ids(datasetId, {}));
  return all.find((image) => image.name === name)?.id ?? 0;
}
