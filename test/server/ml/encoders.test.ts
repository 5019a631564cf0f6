import { afterAll, describe, expect, it } from 'vitest';
import {
  completeHyperparameters,
  type Architecture,
  type Hyperparameters,
} from '../../../server/domain/architecture.js';
import { fewLabelsEncoder } from '../../../server/domain/architectures/few-labels-encoder.js';
import { metricEncoder } from '../../../server/domain/architectures/metric-encoder.js';
import { neighbourEncoder } from '../../../server/domain/architectures/neighbour-encoder.js';
import type { InputSpec } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { readWeightsFile, writeWeightsFile } from '../../../server/ml/weights-file.js';
import type { Network, NetworkRecipe, TrainingSet } from '../../../server/ports/networks.js';
import { inputOf, unwatched } from './pictures.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();
const SMALL = inputOf(12, 14, 1);

function recipe(
  architecture: Architecture,
  dials: Hyperparameters = {},
  input: InputSpec = SMALL,
): NetworkRecipe {
  const small = { batchSize: 16, dimension: 16, epochs: 4, shift: 0.1, erased: 0.2 };
  const hyperparameters = completeHyperparameters(architecture, { ...small, ...dials });
  return { architecture: architecture.name, hyperparameters, input };
}

/** Stripes that lie or stand, wherever they begin; every `unlabelledEvery`-th has no label. */
function stripes(
  count: number,
  { width, height, channels }: InputSpec,
  seed = 1,
  unlabelledEvery = Number.POSITIVE_INFINITY,
): TrainingSet {
  const random = seededRandom(seed);
  const pixels = new Uint8Array(count * width * height * channels);
  const labels = Array.from({ length: count }, (_, picture) => {
    const lies = picture % 2 === 0;
    const start = Math.floor(random() * 4);
    for (let place = 0; place < width * height; place += 1) {
      const along = lies ? Math.floor(place / width) : place % width;
      for (let channel = 0; channel < channels; channel += 1) {
        const bright = (along + start) % 4 < 2 ? 120 + 100 * random() : 30 * random();
        pixels[(picture * width * height + place) * channels + channel] = bright;
      }
    }
    const isKept = (picture + 1) % unlabelledEvery !== 0;
    return isKept ? (lies ? 'lying' : 'standing') : null;
  });
  return { count, pixels, labels };
}

async function shareOfNeighbours(network: Network, set: TrainingSet): Promise<number> {
  const search = await createExactSearch();
  const embeddings = await network.encode(set);
  const nearest = await search.nearest(
    ...([embeddings, embeddings, network.latentSize, 6, unwatched] as const),
  );
  const own = nearest.filter((other, at) => other !== Math.floor(at / 6));
  const shared = [...nearest.entries()].filter(([at, other]) => {
    const query = Math.floor(at / 6);
    return other !== query && query % 2 === other % 2;
  });
  return shared.length / own.length;
}

const ALL = [neighbourEncoder, fewLabelsEncoder, metricEncoder];

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

describe.each(ALL)('$name', (architecture) => {
  const set = stripes(96, SMALL, 1, 3);
  const network = networks.create(recipe(architecture));
  afterAll(() => network.dispose());

  it('learns, and tells how far it is', async () => {
    const losses: number[] = [];
    const shares: number[] = [];
    for (let epoch = 0; epoch < 4; epoch += 1) {
      const onStep = (share: number) => {
        shares.push(epoch + share);
        return Promise.resolve();
      };
      losses.push(await network.trainEpoch(set, onStep));
    }
    expect(network.epoch).toBe(4);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(4);
    expect(await shareOfNeighbours(network, stripes(60, SMALL, 2))).toBeGreaterThan(0.9);
  });

  it('embeds at length one, a picture and its mirror image alike', async () => {
    const { count, pixels } = stripes(10, SMALL, 3);
    const mirrored = pixels.slice();
    const { width } = SMALL;
    for (let row = 0; row < pixels.length; row += width) {
      mirrored.set(pixels.slice(row, row + width).reverse(), row);
    }
    const seen = await network.encode({ count, pixels });
    const seenMirrored = await network.encode({ count, pixels: mirrored });
    for (let row = 0; row < count; row += 1) {
      const own = seen.subarray(row * network.latentSize, (row + 1) * network.latentSize);
      expect(Math.hypot(...own)).toBeCloseTo(1, 4);
    }
    if (architecture !== metricEncoder) return;
    seen.forEach((number, at) => expect(number).toBeCloseTo(seenMirrored[at] ?? 0, 4));
  });

  it('redraws pictures, with the error that it tells', async () => {
    const pictures = stripes(20, SMALL, 4);
    const redrawn = await network.reconstruct(pictures);
    const { embeddings, reconstructionErrors } = await network.embed(pictures);
    expect(embeddings).toEqual(await network.encode(pictures));
    const size = redrawn.length / 20;
    const squares = redrawn
      .subarray(0, size)
      .reduce((sum, byte, at) => sum + ((byte - (pictures.pixels[at] ?? 0)) / 255) ** 2, 0);
    expect(reconstructionErrors[0]).toBeCloseTo(squares / size, 2);
    expect(reconstructionErrors[0]).toBeLessThan(0.1);
    expect(await network.loss(pictures)).toBeNull();
  });

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const of = recipe(architecture, { epochs: 3 });
    const [whole, first] = [networks.create(of), networks.create(of)];
    await whole.trainEpoch(set, unwatched);
    await first.trainEpoch(set, unwatched);
    const resumed = networks.resume(of, await first.checkpoint('test'));
    first.dispose();
    expect(resumed.epoch).toBe(1);
    const losses = [
      await whole.trainEpoch(set, unwatched),
      await resumed.trainEpoch(set, unwatched),
    ];
    expect(losses[0]).toBe(losses[1]);
    const [own, other] = [await resumed.weights('test'), await whole.weights('test')];
    expect(Buffer.compare(own, other)).toBe(0);
    whole.dispose();
    resumed.dispose();
  });

  it('is the same when its weights are loaded', async () => {
    const loaded = networks.load(recipe(architecture), await network.weights('test'));
    const pictures = stripes(12, SMALL, 5);
    expect(await loaded.encode(pictures)).toEqual(await network.encode(pictures));
    expect(await loaded.reconstruct(pictures)).toEqual(await network.reconstruct(pictures));
    expect(loaded.layers).toEqual(network.layers);
    loaded.dispose();
  });

  it('is as it was before an epoch that is broken off', async () => {
    const fresh = networks.create(recipe(architecture));
    await fresh.trainEpoch(set, unwatched);
    const before = await fresh.checkpoint('test');
    const held = tf.memory().numTensors;
    const stop = (share: number) =>
      share === 0 ? unwatched() : Promise.reject(new Error('enough'));
    await expect(fresh.trainEpoch(set, stop)).rejects.toThrow('enough');
    expect(Buffer.compare(await fresh.checkpoint('test'), before)).toBe(0);
    expect(tf.memory().numTensors).toBe(held);
    fresh.dispose();
  });

  it('takes large pictures in colour', async () => {
    const input = inputOf(90, 70, 3);
    const large = networks.create(recipe(architecture, { epochs: 1, batchSize: 8 }, input));
    const pictures = stripes(16, input);
    expect(await large.trainEpoch(pictures, unwatched)).toBeGreaterThanOrEqual(0);
    expect(await large.encode(pictures)).toHaveLength(16 * 16);
    large.dispose();
  });
});

it.each([fewLabelsEncoder, metricEncoder])(
  '$name says what to do where there are no labels',
  async (architecture) => {
    const network = networks.create(recipe(architecture));
    const { count, pixels } = stripes(20, SMALL);
    const none = { count, pixels, labels: Array.from({ length: count }, () => null) };
    await expect(network.trainEpoch(none, unwatched)).rejects.toMatchObject({
      code: 'LABELS_NEEDED',
    });
    const one = { ...none, labels: none.labels.map(() => 'lying') };
    await expect(network.trainEpoch(one, unwatched)).rejects.toThrow(/only one/);
    network.dispose();
  },
);

it('numbers that are none any more end the training, and are told', async () => {
  const of = recipe(metricEncoder);
  const set = stripes(64, SMALL);
  const network = networks.create(of);
  await network.trainEpoch(set, unwatched);
  const file = readWeightsFile(await network.checkpoint('test'));
  const tensors = file.tensors.map(({ values, ...tensor }) => ({
    ...tensor,
    values: tensor.name === 'current' ? values.fill(Number.NaN, 0, 1) : values,
  }));
  const broken = networks.resume(of, writeWeightsFile({ ...file, tensors }));
  await expect(broken.trainEpoch(set, unwatched)).rejects.toMatchObject({
    code: 'TRAINING_DIVERGED',
  });
  expect(broken.epoch).toBe(1);
  network.dispose();
  broken.dispose();
});
