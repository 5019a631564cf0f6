import { describe, expect, it } from 'vitest';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import { bestEpoch } from '../../../server/domain/validation.js';
import { inputOf } from '../ml/pictures.js';
import { colouredShapes, SIDE } from './coloured-shapes.js';
import { openStores, type Stores } from './stores.js';
import { trained, trainNext } from './trained.js';

const INPUT = inputOf(SIDE, SIDE, 3);
const IMAGES = 240;
const DIALS = { epochs: 12, batchSize: 25, validationShare: 0.2, patience: 2, learningRate: 0.01 };

/** What a run came to. */
async function outcome(stores: Stores, runId: number) {
  const epochs = await stores.runs.epochs(runId, 0);
  const ids = await stores.images.ids(1, {});
  return {
    epochs: epochs.map(({ epoch, loss, validation }) => ({ epoch, loss, validation })),
    neighbours: await Promise.all(epochs.map(({ epoch }) => stores.runs.neighbours(runId, epoch))),
    embeddings: await stores.embeddings.findMany(runId, ids),
  };
}

async function messages({ runs }: Stores, runId: number): Promise<string> {
  return (await runs.log(runId, 0)).map(({ message }) => message).join('\n');
}

describe('a run with patience', () => {
  it('stops when nothing gets better, and its model is that of the best epoch', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, IMAGES);
    const { run } = await trained(stores, datasetId, INPUT, DIALS);
    expect(run).toMatchObject({ status: 'SUCCEEDED', failure: null });
    const { epochs, embeddings } = await outcome(stores, run.id);
    const best = bestEpoch(epochs) ?? 0;
    expect(run.epochsDone).toBeLessThan(DIALS.epochs);
    expect(run.epochsDone).toBe(best + DIALS.patience);
    const log = await messages(stores, run.id);
    expect(log).toContain('training on 160 images of 32x32x3, 40 more held out for validation');
    expect(log).toContain(`stopped early after epoch ${best + 2}: none since epoch ${best} was`);
    expect(log).toContain(`the model is that of epoch ${best}, the best one`);

    const short = { ...DIALS, epochs: best, patience: 0 };
    const { run: toTheBest } = await trained(stores, datasetId, INPUT, short);
    expect((await outcome(stores, toTheBest.id)).embeddings).toEqual(embeddings);
  });

  it('keeps the blob of the best checkpoint no longer than it needs it', async () => {
    const stores = await openStores();
    const datasetId = await colouredShapes(stores, IMAGES);
    const seen = new Set<string>();
    const look = async (runId: number) => {
      for (const kind of ['checkpoint', 'bestCheckpoint'] as const) {
        const checkpoint = await stores.runs[kind](runId);
        if (checkpoint) seen.add(checkpoint.blobId);
      }
    };
    const { run } = await trained(stores, datasetId, INPUT, DIALS, (runId) => void look(runId));
    expect(seen.size).toBeGreaterThan(2);
    expect(await stores.runs.bestCheckpoint(run.id)).toBeNull();
    const last = await stores.runs.checkpoint(run.id);
    seen.delete(last?.blobId ?? '');
    for (const blobId of seen) await expect(stores.blobs.get(blobId)).rejects.toThrow();
    expect(await stores.blobs.get(last?.blobId ?? '')).toBeDefined();
    expect(await stores.doomed.next(9)).toEqual([]);
  });

  it.each([1, 2, 3])('decides the same when it is stopped in epoch %i', async (epoch) => {
    const [whole, broken] = [await openStores(), await openStores()];
    const undisturbed = await trained(
      ...([whole, await colouredShapes(whole, IMAGES), INPUT, DIALS] as const),
    );
    const datasetId = await colouredShapes(broken, IMAGES);
    const hyperparameters = completeHyperparameters(convAutoencoder, DIALS);
    const { id } = await broken.runs.create(datasetId, 'conv-autoencoder', hyperparameters, INPUT);
    const stop = new AbortController();
    const stopIn = async () => {
      if (((await broken.runs.byId(id))?.epochsDone ?? 0) >= epoch) stop.abort();
    };
    await trainNext(broken, () => void stopIn(), stop.signal);
    expect(await broken.runs.byId(id)).toMatchObject({ status: 'INTERRUPTED' });
    await trainNext(broken);
    expect(await broken.runs.byId(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await messages(broken, id)).toContain('going on after epoch');
    expect(await outcome(broken, id)).toEqual(await outcome(whole, undisturbed.run.id));
  });
});

it('a run without patience trains every epoch and keeps the last', async () => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, IMAGES);
  const { run } = await trained(stores, datasetId, INPUT, { epochs: 3, batchSize: 25 });
  const { epochs, neighbours } = await outcome(stores, run.id);
  expect(epochs).toHaveLength(3);
  for (const { validation } of epochs) {
    expect(validation).toMatchObject({ measure: 'PRECISION_AT_10', seenInTraining: true });
    expect(validation?.value).toBeGreaterThan(0.1);
  }
  expect(neighbours.map((probes) => probes.length)).toEqual([10, 10, 10]);
  expect(await stores.runs.bestCheckpoint(run.id)).toBeNull();
  expect(await messages(stores, run.id)).not.toContain('the best one');
});

it('a run on images without labels is validated by their altered copies', async () => {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, IMAGES, { labelled: false });
  const dials = { epochs: 2, batchSize: 25, validationShare: 0.2 };
  const { run } = await trained(stores, datasetId, INPUT, dials);
  const { epochs } = await outcome(stores, run.id);
  for (const { validation } of epochs) {
    expect(validation).toMatchObject({ measure: 'OWN_COPIES', queryCount: 40 });
    expect(validation?.value).toBeGreaterThan(0);
  }
});
