import { expect, it } from 'vitest';
import type { Datasets } from '../../../server/ports/datasets.js';
import type { Embeddings } from '../../../server/ports/embeddings.js';
import type { Images } from '../../../server/ports/images.js';
import type { ModelActivations } from '../../../server/ports/model-activations.js';
import { file, partsOn, picture, untrainedModel, writerWorld } from './writer-world.js';

type World = Awaited<ReturnType<typeof writerWorld>>;

/** Adds a picture; the model becomes active, and looks for images, just before the row is there. */
async function addWhileActivating({ stores, datasetId }: World, modelId: number): Promise<void> {
  const insertMany: Images['insertMany'] = async (rows) => {
    await stores.activations.activate(modelId, false);
    await stores.images.insertMany(rows);
  };
  const images = Object.create(stores.images, { insertMany: { value: insertMany } }) as Images;
  const [added] = await partsOn({ ...stores, images }).writer.add(datasetId, [
    file('a.png', picture(1)),
  ]);
  expect(added?.outcome).toBe('ADDED');
  // It is embedded in the background.
  while ((await stores.embeddings.counts(modelId, datasetId)).EMBEDDED === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('an image is embedded under the model that becomes active while another embeds it', async () => {
  const world = await writerWorld();
  const { stores, datasetId } = world;
  const first = await untrainedModel(stores, datasetId);
  const second = await untrainedModel(stores, datasetId);
  await stores.activations.activate(first.id, false);
  await addWhileActivating(world, second.id);
  expect(await stores.embeddings.counts(first.id, datasetId)).toMatchObject({ EMBEDDED: 1 });
});

it('an image is embedded under the first model, which becomes active while it is added', async () => {
  const world = await writerWorld();
  const { stores, datasetId } = world;
  const model = await untrainedModel(stores, datasetId);
  const byId: Datasets['byId'] = async (id) => {
    const dataset = await stores.datasets.byId(id);
    return dataset && !isActive ? { ...dataset, activeModelId: null } : dataset;
  };
  let isActive = false;
  const activate: ModelActivations['activate'] = (...given) => {
    isActive = true;
    return stores.activations.activate(...given);
  };
  const datasets = Object.create(stores.datasets, { byId: { value: byId } }) as Datasets;
  const changed = { activate: { value: activate } };
  const activations = Object.create(stores.activations, changed) as ModelActivations;
  await addWhileActivating({ ...world, stores: { ...stores, datasets, activations } }, model.id);
});

it('an image whose split changes is in one index or the other at any time', async () => {
  const { stores, datasetId } = await writerWorld();
  const model = await untrainedModel(stores, datasetId);
  const seen: boolean[] = [];
  const findMany: Embeddings['findMany'] = async (...given) => {
    seen.push((await parts.live.get(model, 'TRAIN')).ids().length === 1);
    return stores.embeddings.findMany(...given);
  };
  const changed = { findMany: { value: findMany } };
  const embeddings = Object.create(stores.embeddings, changed) as Embeddings;
  const parts = partsOn({ ...stores, embeddings });
  const [train, test] = [await parts.live.get(model, 'TRAIN'), await parts.live.get(model, 'TEST')];
  const [added] = await parts.writer.add(datasetId, [
    file('a.png', picture(1), { split: 'TRAIN' }),
  ]);
  const id = added?.image?.id ?? 0;
  expect(train.ids()).toEqual([id]);
  await parts.writer.describe(id, { split: 'TEST' });
  expect(seen).toEqual([true]);
  expect([train.ids(), test.ids()]).toEqual([[], [id]]);
});
