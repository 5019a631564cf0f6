import { expect, it } from 'vitest';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { metricEncoder } from '../../../server/domain/architectures/metric-encoder.js';
import { keepsLabels } from '../../../server/domain/model.js';
import { inputOf } from '../ml/pictures.js';
import { colouredShapes, SIDE } from './coloured-shapes.js';
import { openStores, type Stores } from './stores.js';
import { trained, trainNext } from './trained.js';

const INPUT = inputOf(SIDE, SIDE, 3);
const IMAGES = 120;
const DIALS = { epochs: 2, batchSize: 24, dimension: 16, validationShare: 0 };

async function embeddingsOf(stores: Stores, runId: number) {
  return stores.embeddings.findMany(runId, await stores.images.ids(1, {}));
}

async function messages({ runs }: Stores, runId: number): Promise<string> {
  return (await runs.log(runId, 0)).map(({ message }) => message).join('\n');
}

it('a model of the last epoch is settled on what it learned from', async () => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, IMAGES);
  const of = [stores, datasetId, INPUT] as const;
  const settled = await trained(...of, DIALS, undefined, metricEncoder);
  const plain = await trained(...of, { ...DIALS, labelWeight: 0 }, undefined, metricEncoder);
  expect(settled.model && keepsLabels(settled.model)).toBe(true);
  expect(plain.model && keepsLabels(plain.model)).toBe(false);
  expect(await messages(stores, settled.run.id)).toContain('settled on the images that it learned');
  expect(await messages(stores, plain.run.id)).not.toContain('settled');
  const scores = [settled, plain].map(({ model }) => model?.evaluation.precisionAt10Exact ?? 0);
  expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
});

it('so is one of the best epoch, where that is not the last', async () => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, IMAGES);
  const dials = { ...DIALS, epochs: 8, validationShare: 0.2, patience: 1 };
  const { run, model } = await trained(
    ...([stores, datasetId, INPUT, dials, undefined, metricEncoder] as const),
  );
  expect(await messages(stores, run.id)).toContain(`the model is that of epoch`);
  expect(model && keepsLabels(model)).toBe(true);
});

it('a run that is stopped while its model is made comes to the same model', async () => {
  const [whole, broken] = [await openStores(), await openStores()];
  const undisturbed = await trained(
    ...([whole, await colouredShapes(whole, IMAGES), INPUT, DIALS, undefined] as const),
    metricEncoder,
  );
  const datasetId = await colouredShapes(broken, IMAGES);
  const hyperparameters = completeHyperparameters(metricEncoder, DIALS);
  const { id } = await broken.runs.create(datasetId, metricEncoder.name, hyperparameters, INPUT);
  const stop = new AbortController();
  const stopIn = async () => {
    if ((await broken.runs.byId(id))?.phase === 'EMBEDDING') stop.abort();
  };
  await trainNext(broken, () => void stopIn(), stop.signal);
  expect(await broken.runs.byId(id)).toMatchObject({ status: 'INTERRUPTED', epochsDone: 2 });
  await trainNext(broken);
  expect(await broken.runs.byId(id)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await embeddingsOf(broken, id)).toEqual(await embeddingsOf(whole, undisturbed.run.id));
});
