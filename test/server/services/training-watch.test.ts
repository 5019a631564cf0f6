import { expect, it } from 'vitest';
import { turnOfTheEventLoop } from '../../../server/domain/event-loop.js';
import { EmbeddingMapService } from '../../../server/services/embedding-map.service.js';
import { TrainingWatch } from '../../../server/services/training-watch.js';
import { modelOf, searchOver } from './search-world.js';

const PATIENCE = { timeout: 60_000 };

it('after a training new images are embedded, and the map is asked for once', async () => {
  const { stores } = await searchOver([0, 20], [10]);
  const modelId = await modelOf(stores);
  const woken: string[] = [];
  const maps = new EmbeddingMapService(stores.maps, stores.blobs, {
    wake: () => woken.push('map maker'),
  });
  const catchUp = { wake: (datasetId: number) => woken.push(`dataset ${datasetId}`) };
  const { runs, events, log } = stores;
  const watch = new TrainingWatch(events, runs, catchUp, maps, log);
  watch.begin();
  const { datasetId } = (await runs.byId(modelId)) ?? {};
  for (const runId of [modelId + 1, modelId]) events.publish('trainingRunChanged', { runId });
  await expect.poll(() => woken, PATIENCE).toEqual([`dataset ${datasetId}`, 'map maker']);
  expect(await stores.maps.find(modelId, 'PCA')).toMatchObject({ status: 'QUEUED' });
  // What the run's log says at its end is one more change of its rows.
  events.publish('trainingRunChanged', { runId: modelId });
  await expect.poll(() => woken, PATIENCE).toHaveLength(3);
  expect(woken[2]).toBe(`dataset ${datasetId}`);
  await watch.close();
});

it('a server that stops looks at no run any more, but at the one that it has begun to', async () => {
  const { stores } = await searchOver([0, 20], [10]);
  const looked: string[] = [];
  let answer = () => {};
  const gate = new Promise<void>((resolve) => (answer = resolve));
  const runs = {
    byId: async (id: number) => {
      looked.push(`run ${id}`);
      await gate;
      looked.push('answered');
      return stores.runs.byId(id);
    },
  };
  const maps = { startFirst: () => Promise.resolve() };
  const watch = new TrainingWatch(stores.events, runs, { wake: () => undefined }, maps, stores.log);
  watch.begin();
  stores.events.publish('trainingRunChanged', { runId: 1 });
  await expect.poll(() => looked, PATIENCE).toContain('run 1');
  stores.events.publish('trainingRunChanged', { runId: 2 });
  const closed = watch.close();
  answer();
  await closed;
  expect(looked).toEqual(['run 1', 'answered']);
  // A start that is stopped before it comes to this.
  watch.begin();
  stores.events.publish('trainingRunChanged', { runId: 3 });
  await turnOfTheEventLoop();
  expect(looked).not.toContain('run 3');
});
