import { describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import { LiveIndexes } from '../../../server/services/live-indexes.js';
import { standingClock } from '../../contract/metadata/clock.js';
import { newImage } from '../../contract/metadata/rows.js';
import { exactNearest } from '../../contract/vectors.js';
import { keptLog } from './kept-log.js';
import {
  addedTo,
  direction,
  modelOf,
  removedFrom,
  searchOver,
  servicesOn,
} from './search-world.js';

async function world(train: readonly number[] = [0, 10, 20], test: readonly number[] = [5]) {
  const over = await searchOver(train, test);
  const modelId = await modelOf(over.stores);
  const picture = (degrees: number, split: 'TRAIN' | 'TEST' = 'TRAIN') => ({
    ...newImage(over.datasetId, `added/${degrees}`, { split }),
    vector: direction(degrees),
  });
  return { ...over, modelId, model: { id: modelId }, picture };
}

async function foundBy(
  live: LiveIndexes,
  id: number,
  degrees: number,
  k = 3,
  split: 'TRAIN' | 'TEST' = 'TRAIN',
): Promise<number[]> {
  const index = await live.get({ id }, split);
  return index.search(direction(degrees), k).map(({ imageId }) => imageId);
}

describe('what is added and removed', () => {
  it('is found, and not found, by the very next search', async () => {
    const over = await world();
    await over.live.get(over.model, 'TRAIN');
    const [added = 0] = await addedTo(over, over.modelId, [over.picture(12)]);
    expect(await foundBy(over.live, over.modelId, 12, 1)).toEqual([added]);
    await removedFrom(over, [added, 2]);
    expect(await foundBy(over.live, over.modelId, 12, 5)).toEqual([3, 1]);
  });

  it('is so in an index that is opened afterwards', async () => {
    const over = await world();
    const [added = 0] = await addedTo(over, over.modelId, [over.picture(12)]);
    await removedFrom(over, [2]);
    const { live } = servicesOn(over.stores);
    expect(await foundBy(live, over.modelId, 12, 5)).toEqual([added, 3, 1]);
    expect((await live.get(over.model, 'TRAIN')).size).toBe(3);
  });

  it('is not lost while the index is being opened', async () => {
    const over = await world(Array.from({ length: 50 }, (_, at) => at));
    const opening = over.live.get(over.model, 'TRAIN');
    const adding = addedTo(over, over.modelId, [over.picture(90)]);
    const removing = removedFrom(over, [1]);
    const [index, [added = 0]] = await Promise.all([opening, adding, removing]);
    expect(index.has(added)).toBe(true);
    expect(index.has(1)).toBe(false);
    expect(index.size).toBe(50);
  });

  it('goes to the split it belongs to, which may have no index yet', async () => {
    const over = await world([0, 10], []);
    expect((await over.live.get(over.model, 'TEST')).base).toBeNull();
    const [added = 0] = await addedTo(over, over.modelId, [over.picture(3, 'TEST')]);
    expect(await foundBy(over.live, over.modelId, 3, 5)).not.toContain(added);
    expect(await foundBy(over.live, over.modelId, 3, 5, 'TEST')).toEqual([added]);
  });

  it('changes nothing when it is told twice', async () => {
    const over = await world();
    const index = await over.live.get(over.model, 'TRAIN');
    const vector = direction(10).map((value) => value * 3);
    over.live.noteAdded(over.model, 'TRAIN', [{ imageId: 2, vector, reconstructionError: null }]);
    over.live.noteRemoved([4711, 3]);
    over.live.noteRemoved([3]);
    expect(index.ids().sort()).toEqual([1, 2]);
  });
});

it('300 additions and removals leave what comparing with every one finds', async () => {
  const over = await world(Array.from({ length: 60 }, (_, at) => at * 5));
  const random = seededRandom(11);
  const first = await over.stores.images.byIds(await over.stores.images.ids(over.datasetId, {}));
  const present = new Map(
    first
      .filter(({ split }) => split === 'TRAIN')
      .map(({ id, name }) => [id, direction(Number(name.split('/')[1]))]),
  );
  let { live } = over;
  for (let step = 0; step < 300; step += 1) {
    const ids = [...present.keys()];
    if (random() < 0.5) {
      const degrees = random() * 360;
      const [added = 0] = await addedTo({ ...over, live }, over.modelId, [over.picture(degrees)]);
      present.set(added, direction(degrees));
    } else {
      const gone = ids[Math.floor(random() * ids.length)] ?? 0;
      await removedFrom({ ...over, live }, [gone]);
      present.delete(gone);
    }
    // From time to time the server starts anew.
    if (step % 75 === 74) ({ live } = servicesOn(over.stores));
    if (step % 5 > 0) continue;
    const degrees = random() * 360;
    const embeddings = [...present].map(([imageId, vector]) => ({ imageId, vector }));
    const exact = exactNearest(
      direction(degrees),
      embeddings.map((each) => ({ ...each, reconstructionError: null })),
      8,
    );
    expect(await foundBy(live, over.modelId, degrees, 8)).toEqual(exact);
  }
  const index = await live.get(over.model, 'TRAIN');
  expect(index.ids().sort((a, b) => a - b)).toEqual([...present.keys()].sort((a, b) => a - b));
});

describe('an index that has changed much', () => {
  it('is rebuilt aside, and loses nothing that comes or goes meanwhile', async () => {
    const over = await world(Array.from({ length: 150 }, (_, at) => at));
    const before = await over.live.get(over.model, 'TRAIN');
    const oldId = before.base?.id;
    const ids = await over.stores.images.ids(over.datasetId, { split: 'TRAIN' });
    await removedFrom(over, ids.slice(0, 101));
    const [added = 0] = await addedTo(over, over.modelId, [over.picture(200)]);
    await removedFrom(over, [ids[149] ?? 0]);
    expect(await foundBy(over.live, over.modelId, 200, 1)).toEqual([added]);
    const after = await vi.waitFor(
      async () => {
        const index = await over.live.get(over.model, 'TRAIN');
        expect(index.base?.id).not.toBe(oldId);
        return index;
      },
      { timeout: 20_000 },
    );
    expect(after.ids().sort((a, b) => a - b)).toEqual([...ids.slice(101, 149), added]);
    expect(after.search(direction(0), 200).map(({ imageId }) => imageId)).toHaveLength(49);
    expect(await over.stores.indexes.list()).not.toContain(oldId);
    const model = await over.stores.models.byId(over.modelId);
    expect(model?.indexes.map(({ id }) => id)).toContain(after.base?.id);
  });

  it('gets its first index once much has been added', async () => {
    const over = await world([0], []);
    await over.live.get(over.model, 'TEST');
    const many = Array.from({ length: 1001 }, (_, at) => over.picture(at / 10, 'TEST'));
    const ids = await addedTo(over, over.modelId, many);
    await vi.waitFor(
      async () => expect((await over.live.get(over.model, 'TEST')).base?.size).toBe(1001),
      { timeout: 60_000 },
    );
    expect(await foundBy(over.live, over.modelId, 50, 1, 'TEST')).toEqual([ids[500]]);
  });
});

it('of many models the least recently used are let go, and are opened again when asked for', async () => {
  const { stores, live } = await searchOver([0, 10], []);
  const models: number[] = [];
  for (let turned = 0; turned < 10; turned += 1) models.push(await modelOf(stores, turned * 30));
  const opened = await Promise.all(models.map((id) => live.get({ id }, 'TRAIN')));
  expect(await live.get({ id: models[9] ?? 0 }, 'TRAIN')).toBe(opened[9]);
  // Asked for again, the third is not the oldest any more: the fourth goes for the first.
  expect(await live.get({ id: models[2] ?? 0 }, 'TRAIN')).toBe(opened[2]);
  expect(await live.get({ id: models[0] ?? 0 }, 'TRAIN')).not.toBe(opened[0]);
  expect(await live.get({ id: models[2] ?? 0 }, 'TRAIN')).toBe(opened[2]);
  expect(await live.get({ id: models[3] ?? 0 }, 'TRAIN')).not.toBe(opened[3]);
  expect(await foundBy(live, models[3] ?? 0, 100, 1)).toEqual([2]);
});

it('a model that is gone has no index', async () => {
  const { live } = await world();
  await expect(live.get({ id: 99 }, 'TRAIN')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});

it('a damaged index that cannot be rebuilt is not rebuilt again with every search', async () => {
  const { stores, model, modelId } = await world();
  const [index] = (await stores.models.byId(modelId))?.indexes ?? [];
  await stores.indexes.delete(index?.id ?? '');
  const rebuildIndex = vi.fn(() => Promise.reject(new Error('The disk is full.')));
  const clock = standingClock();
  const log = keptLog();
  const { indexes, embeddings, models } = stores;
  const live = new LiveIndexes(indexes, embeddings, { rebuildIndex }, models, log);
  const asked = async () => {
    const split = index?.split ?? 'TRAIN';
    await expect(live.get(model, split)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
  };
  const failures = () => log.lines.filter((line) => line.includes('could not be rebuilt')).length;
  await asked();
  await vi.waitUntil(() => failures() === 1, { interval: 5 });
  for (let search = 0; search < 5; search += 1) await asked();
  expect(rebuildIndex).toHaveBeenCalledTimes(1);
  clock.pass(5000);
  await asked();
  await vi.waitUntil(() => failures() === 2, { interval: 5 });
});
