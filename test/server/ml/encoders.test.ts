import { afterAll, describe, expect, it } from 'vitest';
import { fewLabelsEncoder } from '../../../server/domain/architectures/few-labels-encoder.js';
import { metricEncoder } from '../../../server/domain/architectures/metric-encoder.js';
import { neighbourEncoder } from '../../../server/domain/architectures/neighbour-encoder.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { readWeightsFile, writeWeightsFile } from '../../../server/ml/weights-file.js';
import type { Network } from '../../../server/ports/networks.js';
import { inputOf, unwatched } from './pictures.js';
import { recipe, shareOfNeighbours, SMALL, stripes } from './stripes.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();
const ALL = [neighbourEncoder, fewLabelsEncoder, metricEncoder];

describe.each(ALL)('$name', (architecture) => {
  const set = stripes(96, SMALL, 1, 3);
  const network = networks.create(recipe(architecture));
  afterAll(() => network.dispose());

  it('learns, and tells how far it is', async () => {
    const losses: number[] = [];
    const shares: number[] = [];
    for (let epoch = 0; epoch < 4; epoch += 1) {
      const onProgress = (share: number) => {
        shares.push(epoch + share);
        return Promise.resolve();
      };
      losses.push(await network.trainEpoch(set, onProgress));
    }
    expect(network.epoch).toBe(4);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(shares).toEqual([...new Set(shares)].toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(4);
    expect(await shareOfNeighbours(network, stripes(60, SMALL, 2))).toBeGreaterThan(0.9);
    if (architecture === metricEncoder) return;
    // Gradients, patches, both, all pictures and their clusters, before the first step.
    expect(shares.filter((share) => share < 0.6).length).toBeGreaterThan(10);
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

it.each([neighbourEncoder, fewLabelsEncoder])(
  '$name counts patches, but where there are to be none, as in models from before',
  async (architecture) => {
    const set = stripes(40, SMALL, 1, 3);
    const counts = ({ layers }: Network) => layers.some(({ name }) => name === 'patches');
    const { patchKinds, ...before } = recipe(architecture).hyperparameters;
    expect(patchKinds).toBeGreaterThan(0);
    const today = networks.create(recipe(architecture));
    expect(counts(today)).toBe(true);
    const of = { ...recipe(architecture), hyperparameters: before };
    const old = networks.create(of);
    const without = networks.create(recipe(architecture, { patchKinds: 0 }));
    for (const network of [today, old, without]) await network.trainEpoch(set, unwatched);
    const embeddings = await old.encode(set);
    expect(await without.encode(set)).toEqual(embeddings);
    expect(await today.encode(set)).not.toEqual(embeddings);
    const loaded = networks.load(of, await old.weights('test'));
    expect(await loaded.encode(set)).toEqual(embeddings);
    expect(counts(loaded)).toBe(false);
    for (const network of [today, old, without, loaded]) network.dispose();
  },
);

it.each([fewLabelsEncoder, metricEncoder])(
  '$name says what to do where there are no labels',
  async (architecture) => {
    const network = networks.create(recipe(architecture));
    const { count, pixels } = stripes(20, SMALL);
    const none = { count, pixels, labels: Array.from({ length: count }, () => null) };
    const worked = () => Promise.reject(new Error('worked before it refused'));
    await expect(network.trainEpoch(none, worked)).rejects.toMatchObject({ code: 'LABELS_NEEDED' });
    const one = { ...none, labels: none.labels.map(() => 'lying') };
    await expect(network.trainEpoch(one, unwatched)).rejects.toThrow(/only one/);
    network.dispose();
  },
);

it.each(ALL)('$name that is stopped is as it was, wherever in an epoch', async (architecture) => {
  const network = networks.create(recipe(architecture));
  const set = stripes(64, SMALL);
  const before = await network.checkpoint('test');
  const held = tf.memory().numTensors;
  for (const last of [0.02, 0.2, 0.4, 0.6, 0.8, 0.95, 1]) {
    const stop = (share: number) =>
      share < last ? unwatched() : Promise.reject(new Error('enough'));
    await expect(network.trainEpoch(set, stop)).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(held);
    expect(Buffer.compare(await network.checkpoint('test'), before)).toBe(0);
  }
  network.dispose();
});

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
