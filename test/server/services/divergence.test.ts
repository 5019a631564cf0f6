import { expect, it } from 'vitest';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import { LookalikeError } from '../../../server/domain/errors.js';
import { bestEpoch } from '../../../server/domain/validation.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { createPlainComparisons } from '../../../server/ml/plain-comparisons.js';
import type { Networks, TrainableNetwork } from '../../../server/ports/networks.js';
import { Trainer } from '../../../server/services/trainer.service.js';
import { inputOf } from '../ml/pictures.js';
import { colouredShapes, SIDE } from './coloured-shapes.js';
import { openStores } from './stores.js';
import { trained } from './trained.js';

const INPUT = inputOf(SIDE, SIDE, 3);
const DIALS = { epochs: 6, batchSize: 25, validationShare: 0.2, learningRate: 0.01 };

/** Networks whose loss is no number in the epoch after this one. */
async function divergingAfter(epoch: number): Promise<Networks> {
  const networks = await createNetworks();
  const diverging = (network: TrainableNetwork): TrainableNetwork => {
    const trainEpoch = network.trainEpoch.bind(network);
    network.trainEpoch = async (set, onProgress) => {
      if (network.epoch >= epoch) throw new LookalikeError('TRAINING_DIVERGED', 'The loss is NaN.');
      return trainEpoch(set, onProgress);
    };
    return network;
  };
  return {
    ...networks,
    create: (recipe) => diverging(networks.create(recipe)),
    resume: (recipe, bytes) => diverging(networks.resume(recipe, bytes)),
  };
}

/** A run that diverges in the epoch after this one, to its end. */
async function divergedAfter(epoch: number) {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, 240);
  const hyperparameters = completeHyperparameters(convAutoencoder, DIALS);
  const { id } = await stores.runs.create(datasetId, convAutoencoder.name, hyperparameters, INPUT);
  const trainer = new Trainer({
    ...stores,
    networks: () => divergingAfter(epoch),
    exactSearch: createExactSearch,
    comparisons: createPlainComparisons,
    announce: () => undefined,
  });
  await trainer.runNext(new AbortController().signal);
  const log = (await stores.runs.log(id, 0)).map(({ message }) => message).join('\n');
  return { stores, datasetId, id, log, run: await stores.runs.byId(id) };
}

it('a run that diverges leaves the model of its best epoch, and says why it ended', async () => {
  const { stores, datasetId, id, log, run } = await divergedAfter(4);
  expect(run).toMatchObject({ status: 'SUCCEEDED', epochsDone: 4, failure: null });
  expect(log).toContain('stopped after epoch 4: The loss is NaN.');
  expect(log).not.toContain('stopped early');
  const best = bestEpoch(await stores.runs.epochs(id, 0)) ?? 0;
  expect(log.includes(`the model is that of epoch ${best}, the best one`)).toBe(best < 4);
  expect(await stores.runs.bestCheckpoint(id)).toBeNull();

  const { run: toTheBest } = await trained(stores, datasetId, INPUT, { ...DIALS, epochs: best });
  const ids = await stores.images.ids(datasetId, {});
  expect(await stores.embeddings.findMany(id, ids)).toEqual(
    await stores.embeddings.findMany(toTheBest.id, ids),
  );
});

it('one that diverges in its first epoch has nothing to leave, and fails', async () => {
  const { stores, id, run } = await divergedAfter(0);
  expect(run).toMatchObject({ status: 'FAILED', failure: { code: 'TRAINING_DIVERGED' } });
  expect(await stores.models.byId(id)).toBeNull();
});
