import { expect, it } from 'vitest';
import type { PictureFacts } from '../../../server/domain/image.js';
import { file, outcomes, partsOn, picture, untrainedModel, writerWorld } from './writer-world.js';

async function withModel() {
  const world = await writerWorld();
  return { world, model: await untrainedModel(world.stores, world.datasetId) };
}

async function addedId(
  { world }: Awaited<ReturnType<typeof withModel>>,
  ...given: Parameters<typeof file>
): Promise<number> {
  const [added] = await world.writer.add(world.datasetId, [file(...given)]);
  if (!added?.image) throw new Error(added?.refusal?.message);
  return added.image.id;
}

it('what is answered as ADDED is found by a search under the active model', async () => {
  const setting = await withModel();
  const { world, model } = setting;
  expect((await world.live.get(model, 'TRAIN')).size).toBe(0);
  const id = await addedId(setting, 'a.png', picture(1), { split: 'TRAIN' });
  const other = await addedId(setting, 'b.png', picture(2), { split: 'TRAIN' });
  const [embedding] = await world.stores.embeddings.findMany(model.id, [id]);
  const vector = embedding?.vector;
  expect(vector).toHaveLength(model.latentSize);
  const live = await world.live.get(model, 'TRAIN');
  const hits = live.search(vector ?? new Float32Array(), 2);
  expect(hits.map(({ imageId }) => imageId)).toEqual([id, other]);
  expect(await world.stores.embeddings.counts(model.id, world.datasetId)).toEqual({
    ...{ EMBEDDED: 2, PENDING: 0, FAILED: 0 },
  });
});

it('what is deleted is found by no search any more', async () => {
  const setting = await withModel();
  const { world, model } = setting;
  const id = await addedId(setting, 'a.png', picture(1), { split: 'TRAIN' });
  expect((await world.live.get(model, 'TRAIN')).has(id)).toBe(true);
  await world.writer.delete([id]);
  expect((await world.live.get(model, 'TRAIN')).has(id)).toBe(false);
  expect((await partsOn(world.stores).live.get(model, 'TRAIN')).has(id)).toBe(false);
});

it('an image that goes to the other split is found there', async () => {
  const setting = await withModel();
  const { world, model } = setting;
  const id = await addedId(setting, 'a.png', picture(1), { split: 'TRAIN' });
  for (const split of ['TRAIN', 'TEST'] as const) await world.live.get(model, split);
  const places = async (live = world.live) => [
    (await live.get(model, 'TRAIN')).has(id),
    (await live.get(model, 'TEST')).has(id),
  ];
  expect(await places()).toEqual([true, false]);
  await world.writer.describe(id, { split: 'TEST' });
  expect(await places()).toEqual([false, true]);
  await addedId(setting, 'a.png', picture(1), { split: 'TRAIN' });
  expect(await places()).toEqual([true, false]);
  expect(await places(partsOn(world.stores).live)).toEqual([true, false]);
});

it('an embedding that was computed elsewhere is taken as it is', async () => {
  const { world, model } = await withModel();
  const vector = Float32Array.from({ length: model.latentSize }, (_, at) => at);
  const known = { ...file('a.png', picture(1)), embedding: { vector, reconstructionError: 0.5 } };
  const short = { vector: vector.slice(1), reconstructionError: 0.5 };
  const wrong = { ...file('b.png', picture(1)), embedding: short };
  const added = await world.writer.add(world.datasetId, [known, wrong]);
  const ids = added.map(({ image }) => image?.id ?? 0);
  const [first, second] = await world.stores.embeddings.findMany(model.id, ids);
  expect(first).toMatchObject({ vector, reconstructionError: 0.5 });
  expect(second?.vector).toHaveLength(model.latentSize);
  expect(second?.reconstructionError).not.toBe(0.5);
});

it('a raw picture is taken when its bytes are as many as its pixels', async () => {
  const { world } = await withModel();
  const known: PictureFacts = {
    ...{ format: 'RAW', width: 3, height: 2, channels: 1, hasAlpha: false },
  };
  const raw = (name: string, length: number) => ({ ...file(name, new Uint8Array(length)), known });
  expect(await outcomes(world, [raw('a', 6), raw('b', 7), raw('c', 0)])).toEqual([
    'a ADDED',
    'b REFUSED UPLOAD_NOT_AN_IMAGE',
    'c REFUSED UPLOAD_NOT_AN_IMAGE',
  ]);
});

it('a picture is added under a model that cannot be loaded, and waits', async () => {
  const { world, model } = await withModel();
  await world.stores.blobs.delete(model.weightsBlobId);
  expect(await outcomes(world, [file('a.png', picture(1))])).toEqual(['a.png ADDED']);
  const counts = await world.stores.embeddings.counts(model.id, world.datasetId);
  expect(counts).toMatchObject({ EMBEDDED: 0, PENDING: 1 });
});
