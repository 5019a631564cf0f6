import { expect, it } from 'vitest';
import { ARCHITECTURES } from '../../../server/domain/architectures/registry.js';
import { colouredShapes } from './coloured-shapes.js';
import { openStores, trainingServiceOn } from './stores.js';
import { trainNext } from './trained.js';

const BASELINES = ARCHITECTURES.filter(
  ({ hyperparameters }) => !hyperparameters.some(({ name }) => name === 'epochs'),
);

it.each(BASELINES)('a run of $name leaves a model that searches', async ({ name }) => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, 150);
  const service = await trainingServiceOn(stores);
  const { id } = await service.start(datasetId, name, { components: 32 }, null);
  await trainNext(stores);
  const run = await service.get(id);
  expect(run).toMatchObject({ status: 'SUCCEEDED', failure: null, epochsDone: 1 });
  const [epoch] = await service.epochs(id);
  expect(epoch?.loss).toBeLessThan(1);
  expect(await service.reconstructions(id, 1)).toHaveLength(10);

  const model = await stores.models.byId(id);
  expect(model).toMatchObject({ architecture: name, latentSize: 32 });
  expect(model?.evaluation.recallAt10).toBeGreaterThan(0.9);
  expect(model?.statistics?.errorQuantiles).toHaveLength(201);
  const ids = await stores.images.ids(datasetId, {});
  expect(await stores.embeddings.findMany(id, ids)).toHaveLength(150);
});
