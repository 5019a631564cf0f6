import {
  completeHyperparameters,
  type Architecture,
  type Hyperparameters,
} from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import type { InputSpec, Model } from '../../../server/domain/model.js';
import type { TrainingRun } from '../../../server/domain/training-run.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { createPlainComparisons } from '../../../server/ml/plain-comparisons.js';
import { Trainer } from '../../../server/services/trainer.service.js';
import type { Stores } from './stores.js';

/**
 * Works off the next run in this process; false where none waits.
 * @param announce is told of every change of its rows
 * @param signal tells the trainer to stop, as the end of the server does
 */
export async function trainNext(
  stores: Stores,
  announce: (runId: number) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<boolean> {
  const trainer = new Trainer({
    ...stores,
    networks: createNetworks,
    exactSearch: createExactSearch,
    comparisons: createPlainComparisons,
    announce,
  });
  return trainer.runNext(signal);
}

/** Trains on a dataset until the end, whatever that is. */
export async function trained(
  stores: Stores,
  datasetId: number,
  input: InputSpec | null,
  dials: Hyperparameters,
  announce?: (runId: number) => void,
  architecture: Architecture = convAutoencoder,
): Promise<{ run: TrainingRun; model: Model | null }> {
  const hyperparameters = completeHyperparameters(architecture, dials);
  const { id } = await stores.runs.create(datasetId, architecture.name, hyperparameters, input);
  await trainNext(stores, announce);
  const run = await stores.runs.byId(id);
  if (!run) throw new Error(`Run ${id} is gone.`);
  return { run, model: await stores.models.byId(id) };
}
