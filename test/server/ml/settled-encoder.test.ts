import { describe, expect, it } from 'vitest';
import { metricEncoder } from '../../../server/domain/architectures/metric-encoder.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { readWeightsFile, writeWeightsFile } from '../../../server/ml/weights-file.js';
import type { Network } from '../../../server/ports/networks.js';
import { unwatched } from './pictures.js';
import { recipe, shareOfNeighbours, SMALL, stripes } from './stripes.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();

/** The cosine of two rows. */
function cosine(embeddings: Float32Array, size: number, one: number, other: number): number {
  const row = embeddings.subarray(one * size, (one + 1) * size);
  return row.reduce((sum, number, at) => sum + number * (embeddings[other * size + at] ?? 0), 0);
}

describe('a settled metric encoder', () => {
  const set = stripes(64, SMALL);
  /** Two that lie, and bear the label of those that stand. */
  const WRONG = [10, 20];
  const labels = set.labels.map((label, at) => (WRONG.includes(at) ? 'standing' : label));
  /** Not so long that all stripes that lie come out as one. */
  const trained = async () => {
    const network = networks.create(recipe(metricEncoder));
    await network.trainEpoch(set, unwatched);
    return network;
  };
  /** Cosines of what is wrongly labelled to one that stands and to one that lies. */
  const placesOf = async (network: Network) => {
    const rows = await network.encode(set);
    return WRONG.map((at) => [1, 2].map((other) => cosine(rows, network.latentSize, at, other)));
  };

  it('puts pictures that it learned from where their labels are, and others as before', async () => {
    const network = await trained();
    for (const [standing = 0, lying = 0] of await placesOf(network)) {
      expect(lying).toBeGreaterThan(standing);
    }
    const shares: number[] = [];
    await network.settle({ ...set, labels }, async (share) => void shares.push(share));
    expect(shares.at(-1)).toBe(1);
    for (const [standing = 0, lying = 0] of await placesOf(network)) {
      expect(standing).toBeGreaterThan(lying);
      expect(standing).toBeGreaterThan(0.9);
    }
    expect(await shareOfNeighbours(network, stripes(60, SMALL, 2))).toBeGreaterThan(0.9);
    const loaded = networks.load(recipe(metricEncoder), await network.weights('test'));
    const pictures = stripes(12, SMALL, 5);
    expect(await loaded.encode(pictures)).toEqual(await network.encode(pictures));
    expect(await loaded.reconstruct(pictures)).toEqual(await network.reconstruct(pictures));
    expect(loaded.layers).toEqual(network.layers);
    expect(loaded.layers).toContainEqual(expect.objectContaining({ kind: 'Label memory' }));
    loaded.dispose();
    network.dispose();
  });

  it('is as it was where the label weighs nothing, as in models from before it did', async () => {
    const { labelWeight, ...before } = recipe(metricEncoder).hyperparameters;
    expect(labelWeight).toBeGreaterThan(0);
    const old = networks.create({ ...recipe(metricEncoder), hyperparameters: before });
    await old.trainEpoch(set, unwatched);
    const network = networks.create(recipe(metricEncoder, { labelWeight: 0 }));
    await network.trainEpoch(set, unwatched);
    const plain = await network.encode(set);
    for (const each of [old, network]) {
      await each.settle({ ...set, labels }, unwatched);
      expect(await each.encode(set)).toEqual(plain);
      each.dispose();
    }
  });

  it('is as it was when it is broken off', async () => {
    const held = tf.memory().numTensors;
    const network = await trained();
    const before = await network.weights('test');
    const shares: number[] = [];
    await network.settle({ ...set, labels }, async (share) => void shares.push(share));
    const settled = await network.weights('test');
    expect(Buffer.compare(settled, before)).not.toBe(0);
    network.dispose();
    // Seen, then compared with the means and the exceptions, then redrawn.
    expect(shares).toEqual([0.9, 0.9, 0.9, 1]);
    for (const last of shares.keys()) {
      const broken = await trained();
      let turns = 0;
      const stop = () => {
        turns += 1;
        return turns <= last ? unwatched() : Promise.reject(new Error('enough'));
      };
      await expect(broken.settle({ ...set, labels }, stop)).rejects.toThrow('enough');
      expect(Buffer.compare(await broken.weights('test'), before)).toBe(0);
      broken.dispose();
    }
    expect(tf.memory().numTensors).toBe(held);
  });

  it('leaves no tensors behind when its weights are refused', async () => {
    const network = await trained();
    await network.settle({ ...set, labels }, unwatched);
    const file = readWeightsFile(await network.weights('test'));
    network.dispose();
    const held = tf.memory().numTensors;
    for (const name of ['labels/widths', 'decoder', 'parameters']) {
      const tensors = file.tensors.filter((tensor) => tensor.name !== name);
      const damaged = writeWeightsFile({ ...file, tensors });
      expect(() => networks.load(recipe(metricEncoder), damaged)).toThrow(`they lack "${name}"`);
    }
    expect(tf.memory().numTensors).toBe(held);
  });
});
