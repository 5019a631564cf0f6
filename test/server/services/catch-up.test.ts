import { expect, it } from 'vitest';
import { LookalikeError } from '../../../server/domain/errors.js';
import type { BulkRuntime } from '../../../server/ports/model-runtime.js';
import { file, partsOn, picture, untrainedModel, writerWorld } from './writer-world.js';

/** A dataset with so many pictures that were there before its model was. */
async function beforeTheModel(count: number) {
  const world = await writerWorld();
  const files = await Promise.all(
    Array.from({ length: count }, async (_, at) => file(`${at}.png`, await picture(at, 4))),
  );
  const added = await world.writer.add(world.datasetId, files);
  const ids = added.map(({ image }) => image?.id ?? 0);
  return { world, ids, model: await untrainedModel(world.stores, world.datasetId) };
}

type Setting = Awaited<ReturnType<typeof beforeTheModel>>;

function countsOf({ world, model }: Setting) {
  return world.stores.embeddings.counts(model.id, world.datasetId);
}

async function untilNothingPends(setting: Setting) {
  for (;;) {
    const counts = await countsOf(setting);
    if (counts.PENDING === 0) return counts;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Bulk work that does something before it embeds images. */
function before(work: (call: number) => Promise<void>): (bulk: BulkRuntime) => BulkRuntime {
  let calls = 0;
  return (bulk) => ({
    examine: (...given) => bulk.examine(...given),
    rebuildIndex: (...given) => bulk.rebuildIndex(...given),
    embedImages: async (...given) => {
      calls += 1;
      await work(calls);
      return bulk.embedImages(...given);
    },
  });
}

it('images from before the model are embedded, batch after batch, and found', async () => {
  const setting = await beforeTheModel(150);
  const { world, model, ids } = setting;
  expect(await countsOf(setting)).toEqual({ EMBEDDED: 0, PENDING: 150, FAILED: 0 });
  const live = await world.live.get(model, 'TRAIN');
  await world.catchUp.wakeAll();
  expect(await untilNothingPends(setting)).toEqual({ EMBEDDED: 150, PENDING: 0, FAILED: 0 });
  await world.catchUp.close();
  const test = await world.live.get(model, 'TEST');
  expect([...live.ids(), ...test.ids()].sort((a, b) => a - b)).toEqual(ids);
});

it('an image whose bytes are gone is told as failed, and not tried for ever', async () => {
  const setting = await beforeTheModel(3);
  const { world, ids, model } = setting;
  const image = await world.stores.images.byId(ids[1] ?? 0);
  await world.stores.blobs.delete(image?.blobId ?? '');
  const calls: number[] = [];
  const counting = before((call) => Promise.resolve(void calls.push(call)));
  const { catchUp } = partsOn(world.stores, counting);
  catchUp.wake(world.datasetId);
  expect(await untilNothingPends(setting)).toEqual({ EMBEDDED: 2, PENDING: 0, FAILED: 1 });
  await catchUp.close();
  expect(calls).toEqual([1]);
  const states = await world.stores.embeddings.states(model.id, ids);
  expect(states.get(ids[1] ?? 0)).toMatchObject({ state: 'FAILED' });
});

it('a batch that breaks down is tried again', async () => {
  const setting = await beforeTheModel(5);
  const breaking = before((call) =>
    call < 3 ? Promise.reject(new LookalikeError('EMBEDDER_TIMEOUT')) : Promise.resolve(),
  );
  const { catchUp } = partsOn(setting.world.stores, breaking);
  catchUp.wake(setting.world.datasetId);
  expect(await untilNothingPends(setting)).toMatchObject({ EMBEDDED: 5 });
});

it('a wake during the work is not lost, and there is one loop at a time', async () => {
  const setting = await beforeTheModel(70);
  const { world, model } = setting;
  let atWork = 0;
  let most = 0;
  const { catchUp } = partsOn(
    world.stores,
    before(async (call) => {
      atWork += 1;
      most = Math.max(most, atWork);
      // The loop is behind the first batch by now, and would not come back to it by itself.
      if (call === 2) await world.stores.embeddings.deleteAll(model.id);
      if (call <= 2) for (let wakes = 0; wakes < 3; wakes += 1) catchUp.wake(world.datasetId);
      await new Promise((resolve) => setTimeout(resolve, 10));
      atWork -= 1;
    }),
  );
  catchUp.wake(world.datasetId);
  expect(await untilNothingPends(setting)).toMatchObject({ EMBEDDED: 70 });
  expect(most).toBe(1);
});

it('an image that is deleted while it is embedded is told to no index', async () => {
  const setting = await beforeTheModel(4);
  const { world, model, ids } = setting;
  const deleted = ids.slice(0, 2);
  const parts = partsOn(
    world.stores,
    before(async () => {
      await parts.writer.delete(deleted);
    }),
  );
  const splits = ['TRAIN', 'TEST'] as const;
  await Promise.all(splits.map((split) => parts.live.get(model, split)));
  parts.catchUp.wake(world.datasetId);
  await untilNothingPends(setting);
  await parts.catchUp.close();
  const live = await Promise.all(splits.map((split) => parts.live.get(model, split)));
  expect(live.flatMap((index) => index.ids()).sort()).toEqual(ids.slice(2));
});

it('a closed one does nothing any more', async () => {
  const setting = await beforeTheModel(2);
  const { catchUp } = partsOn(setting.world.stores);
  await catchUp.close();
  catchUp.wake(setting.world.datasetId);
  await catchUp.close();
  expect(await countsOf(setting)).toMatchObject({ EMBEDDED: 0 });
});
