import { afterAll, describe, expect, it } from 'vitest';
import {
  completeHyperparameters,
  type Hyperparameters,
} from '../../../server/domain/architecture.js';
import { gradientHistograms } from '../../../server/domain/architectures/gradient-histograms.js';
import { pixelComponents } from '../../../server/domain/architectures/pixel-components.js';
import type { InputSpec } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import { drawn, LinearDecoding } from '../../../server/ml/linear-decoder.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { Covariance } from '../../../server/ml/principal-components.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { NetworkRecipe } from '../../../server/ports/networks.js';
import { drawnPictures, FASHION_INPUT, inputOf, unwatched } from './pictures.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();

function recipe(
  dials: Hyperparameters = {},
  input: InputSpec = FASHION_INPUT,
  architecture = gradientHistograms,
): NetworkRecipe {
  const hyperparameters = completeHyperparameters(architecture, dials);
  return { architecture: architecture.name, hyperparameters, input };
}

/** Rows that vary along (3, 4) / 5 with a deviation of 10, across it with one of 1, about (5, -2). */
function stretchedRows(count: number): Float32Array {
  const random = seededRandom(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Float32Array.from(
    Array.from({ length: count }, () => {
      const [along, across] = [10 * normal(), normal()];
      return [5 + 0.6 * along - 0.8 * across, -2 + 0.8 * along + 0.6 * across];
    }).flat(),
  );
}

describe('principal components', () => {
  const covariance = new Covariance(tf, 2);
  const rows = stretchedRows(20_000);
  covariance.add(rows.subarray(0, 10_000));
  covariance.add(rows.subarray(10_000));

  it('lie along the greatest variance, about the mean', () => {
    const [x, y] = covariance.mean();
    expect([x, y].map((each) => Math.round(each ?? 0))).toEqual([5, -2]);
    const { components, keptShare } = covariance.principalComponents(1, 0);
    const [right = 0, down = 0] = components;
    expect(Math.abs(right)).toBeCloseTo(0.6, 1);
    expect(right * 4).toBeCloseTo(down * 3, 1);
    expect(keptShare).toBeCloseTo(100 / 101, 3);
  });

  it('whitened whole make all variances one', () => {
    const { components, keptShare } = covariance.principalComponents(2, 1);
    const mean = covariance.mean();
    const squares = [0, 0];
    for (let row = 0; row < rows.length; row += 2) {
      for (const component of [0, 1]) {
        const along = [0, 1].reduce((sum, axis) => {
          const centred = (rows[row + axis] ?? 0) - (mean[axis] ?? 0);
          return sum + centred * (components[2 * axis + component] ?? 0);
        }, 0);
        squares[component] = (squares[component] ?? 0) + along * along;
      }
    }
    for (const sum of squares) expect(sum / (rows.length / 2)).toBeCloseTo(1, 2);
    expect(keptShare).toBe(1);
  });

  it('are zeros where nothing varies', () => {
    const flat = new Covariance(tf, 3);
    flat.add(Float32Array.of(1, 2, 3, 2, 2, 3));
    const { components } = flat.principalComponents(3, 1);
    expect(components.every(Number.isFinite)).toBe(true);
    expect(components.filter((number) => number !== 0).length).toBeLessThanOrEqual(3);
  });
});

it('the linear decoder finds the linear function that there is', () => {
  const random = seededRandom(5);
  const numbers = (count: number) => Float32Array.from({ length: count }, random);
  const embeddings = tf.tensor2d(numbers(200 * 4), [200, 4]);
  // Rows sum to less than one, so that nothing is cut off.
  const truth = tf.tensor2d(
    numbers(5 * 6).map((number) => number / 5),
    [5, 6],
  );
  const pictures = drawn(tf, embeddings, truth);
  const decoding = new LinearDecoding(tf, 4, 6);
  decoding.add(embeddings, pictures);
  const found = decoding.solve();
  truth.dataSync<'float32'>().forEach((number, at) => {
    expect(found[at]).toBeCloseTo(number, 2);
  });
  tf.dispose([embeddings, truth, pictures]);
});

describe.each([gradientHistograms, pixelComponents])('$name', (architecture) => {
  const pictures = drawnPictures(300, FASHION_INPUT);
  const network = networks.create(recipe({ components: 40 }, FASHION_INPUT, architecture));
  afterAll(() => network.dispose());

  it('learns in one pass, and tells how far it is', async () => {
    const shares: number[] = [];
    const loss = await network.trainEpoch(pictures, (share) => {
      shares.push(share);
      return Promise.resolve();
    });
    expect(network.epoch).toBe(1);
    expect(loss).toBeGreaterThan(0);
    expect(loss).toBeLessThan(0.5);
    expect(await network.loss(pictures)).toBeCloseTo(loss, 3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('gives embeddings of length one, the same alone and among others', async () => {
    const { embeddings, reconstructionErrors } = await network.embed(pictures);
    expect(network.latentSize).toBe(40);
    expect(embeddings).toEqual(await network.encode(pictures));
    const first = await network.encode({ count: 1, pixels: pictures.pixels.slice(0, 28 * 28) });
    expect(Math.hypot(...first)).toBeCloseTo(1, 5);
    first.forEach((number, at) => expect(embeddings[at]).toBeCloseTo(number, 4));
    expect(reconstructionErrors).toHaveLength(300);
  });

  it('redraws pictures better than their mean would', async () => {
    const redrawn = await network.reconstruct(pictures);
    const errorOf = (bytes: Uint8Array) =>
      bytes.reduce((sum, byte, at) => sum + (byte - (pictures.pixels[at] ?? 0)) ** 2, 0);
    const mean = Uint8Array.from({ length: redrawn.length }, (_, at) => {
      let sum = 0;
      for (let each = at % 784; each < redrawn.length; each += 784) {
        sum += pictures.pixels[each] ?? 0;
      }
      return Math.round(sum / 300);
    });
    expect(errorOf(redrawn)).toBeLessThan(0.7 * errorOf(mean));
  });

  it('is the same after a file, and goes on from a checkpoint as done', async () => {
    const order = recipe({ components: 40 }, FASHION_INPUT, architecture);
    const loaded = networks.load(order, await network.weights('model 1'));
    const resumed = networks.resume(order, await network.checkpoint('run 1'));
    const expected = await network.embed(pictures);
    expect(await loaded.embed(pictures)).toEqual(expected);
    expect(await resumed.embed(pictures)).toEqual(expected);
    expect(resumed.epoch).toBe(1);
    expect(loaded.layers).toEqual(network.layers);
    for (const each of [loaded, resumed]) each.dispose();
  });

  it('refuses the weights of other dials', async () => {
    const weights = await network.weights('model 1');
    const other = recipe({ components: 41 }, FASHION_INPUT, architecture);
    expect(() => networks.load(other, weights)).toThrow(/components 40 instead of 41/);
  });

  it('keeps no tensors', async () => {
    const before = tf.memory().numTensors;
    const another = networks.create(recipe({ components: 8 }, FASHION_INPUT, architecture));
    await another.trainEpoch(pictures, unwatched);
    await another.embed(pictures);
    await another.loss(pictures);
    another.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe.each([
  ['fewer pictures than components', FASHION_INPUT, 5],
  ['160x28, colour', inputOf(28, 160, 3), 12],
  ['one picture', FASHION_INPUT, 1],
] as const)('with %s', (_, input, count) => {
  it.each([gradientHistograms, pixelComponents])('$name stays finite', async (architecture) => {
    const network = networks.create(recipe({ whitening: 1 }, input, architecture));
    const pictures = drawnPictures(count, input);
    expect(Number.isFinite(await network.trainEpoch(pictures, unwatched))).toBe(true);
    const { embeddings, reconstructionErrors } = await network.embed(drawnPictures(9, input, 7));
    expect([...embeddings, ...reconstructionErrors].every(Number.isFinite)).toBe(true);
    expect(await network.reconstruct(pictures)).toHaveLength(pictures.pixels.length);
    network.dispose();
  });
});

it('an epoch that is broken off leaves the network as it was', async () => {
  const network = networks.create(recipe());
  const stop = () => Promise.reject(new Error('stopped'));
  await expect(network.trainEpoch(drawnPictures(20, FASHION_INPUT), stop)).rejects.toThrow(
    'stopped',
  );
  expect(network.epoch).toBe(0);
  network.dispose();
});
