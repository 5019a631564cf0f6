import { expect, it } from 'vitest';
import { EmbeddingMapService } from '../../../server/services/embedding-map.service.js';
import { wakeAfterTraining } from '../../../server/services/training-watch.js';
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
  void wakeAfterTraining(events, runs, catchUp, maps, log);
  const { datasetId } = (await runs.byId(modelId)) ?? {};
  for (const runId of [modelId + 1, modelId]) events.publish('trainingRunChanged', { runId });
  await expect.poll(() => woken, PATIENCE).toEqual([`dataset ${datasetId}`, 'map maker']);
  expect(await stores.maps.find(modelId, 'PCA')).toMatchObject({ status: 'QUEUED' });
  // What the run's log says at its end is one more change of its rows.
  events.publish('trainingRunChanged', { runId: modelId });
  await expect.poll(() => woken, PATIENCE).toHaveLength(3);
  expect(woken[2]).toBe(`dataset ${datasetId}`);
});
