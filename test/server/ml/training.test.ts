import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../server/domain/errors.js';
import { mixSeeds, seededRandom, shuffledIndices } from '../../../server/domain/random.js';
import { adamStart, adamUpdate } from '../../../server/ml/adam.js';
import { convAutoencoder } from '../../../server/ml/architectures/conv-autoencoder.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { glorotUniform } from '../../../server/ml/parameters.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { readWeightsFile, writeWeightsFile } from '../../../server/ml/weights-file.js';
import type { NetworkRecipe, PictureBatch } from '../../../server/ports/networks.js';
import {
  drawnPictures,
  FASHION_INPUT,
  fashionPictures,
  inputOf,
  recipeOf,
  unlabelled,
  unwatched,
} from './pictures.js';
import { plainLossGradient, scaledPictures } from './plain-network.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();
const pictures = drawnPictures(230, FASHION_INPUT);
const recipe = recipeOf({ batchSize: 50, seed: 5 });

async function lossesOf(of: NetworkRecipe, epochs: number, from = pictures): Promise<number[]> {
  const network = networks.create(of);
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    losses.push(await network.trainEpoch(from, unwatched));
  }
  network.dispose();
  return losses;
}

/** The same of the plain network with the same optimiser: the same batches in the same order. */
function plainLosses(of: NetworkRecipe, epochs: number, from: PictureBatch): number[] {
  const dial = (name: string) => of.hyperparameters[name] ?? Number.NaN;
  const blueprint = convAutoencoder(of.input);
  let state = adamStart(tf, tf.tensor1d(glorotUniform(blueprint.parameters, dial('seed'))));
  return Array.from({ length: epochs }, (_, done) => {
    const order = shuffledIndices(from.count, seededRandom(mixSeeds(dial('seed'), done + 1)));
    let sum = 0;
    for (let start = 0; start < from.count; start += dial('batchSize')) {
      const positions = order.subarray(start, start + dial('batchSize'));
      const batch = scaledPictures(tf, of.input, from.pixels, positions);
      const { loss, gradient } = plainLossGradient(tf, blueprint, state.parameters, batch);
      state = adamUpdate(tf, state, gradient, dial('learningRate'));
      sum += loss.dataSync()[0] ?? Number.NaN;
    }
    return sum;
  });
}

/** Within what float32 sums in another order differ by. */
function expectClose(losses: readonly number[], expected: readonly number[]): void {
  expect(losses).toHaveLength(expected.length);
  losses.forEach((loss, at) => {
    const reference = expected[at] ?? Number.NaN;
    expect(Math.abs(loss - reference) / reference).toBeLessThan(1e-4);
  });
}

describe('training', () => {
  it.each([
    ['28x28x1', FASHION_INPUT, 12, 90],
    ['33x47x3', inputOf(33, 47, 3), 4, 90],
    ['28x30x3', inputOf(28, 30, 3), 4, 90],
    ['160x160x1', inputOf(160, 160, 1), 1, 48],
  ])('has the losses of the plain network at %s', async (_, input, epochs, count) => {
    const from = drawnPictures(count, input, 3);
    const of = recipeOf({ batchSize: 40, seed: 9, learningRate: 0.002 }, input);
    expectClose(await lossesOf(of, epochs, from), plainLosses(of, epochs, from));
  });

  it('gives the same losses for the same seed, and others for another', async () => {
    const losses = await lossesOf(recipe, 3);
    expect(await lossesOf(recipe, 3)).toEqual(losses);
    expect(await lossesOf(recipeOf({ batchSize: 50, seed: 6 }), 3)).not.toEqual(losses);
  });

  it('goes on from a checkpoint exactly as if it had not stopped', async () => {
    const undisturbed = await lossesOf(recipe, 4);
    const first = networks.create(recipe);
    await first.trainEpoch(pictures, unwatched);
    await first.trainEpoch(pictures, unwatched);
    const checkpoint = await first.checkpoint('test');
    first.dispose();
    const second = networks.resume(recipe, checkpoint);
    expect(second.epoch).toBe(2);
    expect(await second.checkpoint('test')).toEqual(checkpoint);
    const rest = [
      await second.trainEpoch(pictures, unwatched),
      await second.trainEpoch(pictures, unwatched),
    ];
    expect(rest).toEqual(undisturbed.slice(2));
    second.dispose();
  });

  it('keeps no tensors', async () => {
    const before = tf.memory().numTensors;
    const network = networks.create(recipe);
    const counts: number[] = [];
    const count = () => counts.push(tf.memory().numTensors);
    await network.trainEpoch(pictures, unwatched);
    count();
    await network.trainEpoch(pictures, unwatched);
    count();
    const weights = await network.weights('test');
    await network.checkpoint('test');
    count();
    await network.encode(pictures);
    await network.reconstruct(pictures);
    await network.loss(pictures);
    count();
    expect(counts).toEqual(counts.map(() => counts[0]));
    network.dispose();
    networks.load(recipe, weights).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns from every picture, the last smaller batch too', async () => {
    const [loss = 0] = await lossesOf(recipeOf({ batchSize: 100, learningRate: 1e-6 }), 1);
    expect(loss / 3).toBeCloseTo(Math.log(2), 1);
  });

  it('reports its progress up to 1 and lets the event loop turn', async () => {
    const network = networks.create(recipe);
    const shares: number[] = [];
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await network.trainEpoch(pictures, (share) => {
      shares.push(share);
      return Promise.resolve();
    });
    clearInterval(timer);
    network.dispose();
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(turns).toBeGreaterThan(0);
  });

  it('is as before when an epoch is broken off', async () => {
    const network = networks.create(recipe);
    const before = await network.checkpoint('test');
    const tensors = tf.memory().numTensors;
    const stop = () => Promise.reject(new Error('cancelled'));
    await expect(network.trainEpoch(pictures, stop)).rejects.toThrow('cancelled');
    expect(await network.checkpoint('test')).toEqual(before);
    expect([network.epoch, tf.memory().numTensors]).toEqual([0, tensors]);
    network.dispose();
  });

  it.each(['conv7', 'conv3'])('says so when %s has diverged', async (name) => {
    const words = /The loss became NaN in epoch 5\. .*learning rate smaller than 0\.001/;
    const network = networks.create(recipe);
    const file = readWeightsFile(await network.checkpoint('test'));
    network.dispose();
    const tensors = file.tensors.map((tensor) =>
      tensor.name === name
        ? { ...tensor, values: tensor.values.map(() => Number.POSITIVE_INFINITY) }
        : tensor,
    );
    const diverged = networks.resume(recipe, writeWeightsFile({ ...file, epoch: 4, tensors }));
    const failure: unknown = await diverged
      .trainEpoch(pictures, unwatched)
      .catch((e: unknown) => e);
    diverged.dispose();
    expect(failure).toMatchObject({ code: 'TRAINING_DIVERGED' });
    expect(reasonOf(failure)).toMatch(words);
  });

  it('refuses pixels that are not of the input size', async () => {
    const network = networks.create(recipe);
    const short = unlabelled({ count: 3, pixels: new Uint8Array(100) });
    await expect(network.trainEpoch(short, unwatched)).rejects.toThrow('2352 bytes, not 100');
    await expect(network.encode(short)).rejects.toThrow('2352 bytes, not 100');
    network.dispose();
  });
});

describe('on Fashion-MNIST', () => {
  it('learns to redraw clothes', async () => {
    const clothes = fashionPictures(3000);
    const network = networks.create(recipeOf({ batchSize: 100 }));
    const start = await network.loss(clothes);
    const losses: number[] = [];
    for (let epoch = 0; epoch < 3; epoch += 1) {
      losses.push((await network.trainEpoch(clothes, unwatched)) / 30);
    }
    expect(start).toBeGreaterThan(0.6);
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(await network.loss(clothes)).toBeLessThan(0.4);
    network.dispose();
  });

  it('has the losses of the plain network over 100 steps', async () => {
    const clothes = fashionPictures(1000);
    const of = recipeOf({ batchSize: 40, seed: 2 });
    expectClose(await lossesOf(of, 4, clothes), plainLosses(of, 4, clothes));
  });
});
