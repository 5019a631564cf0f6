import { describe, expect, it } from 'vitest';
import { convAutoencoder } from '../../../server/ml/architectures/conv-autoencoder.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { glorotUniform } from '../../../server/ml/parameters.js';
import { NetworkKernels } from '../../../server/ml/network-kernels.js';
import { pictureTensor } from '../../../server/ml/picture-batch.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { drawnPictures, inputOf, recipeOf, unwatched } from './pictures.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();

const SQUARE = [28, 29, 31, 45, 64, 100, 160].map((side) => [side, side] as const);
const OBLONG = [
  [28, 160],
  [160, 28],
  [48, 64],
  [99, 28],
] as const;
const SIZES = [...SQUARE, ...OBLONG].flatMap(([height, width]) =>
  ([1, 3] as const).map((channels) => [height, width, channels] as const),
);

describe.each(SIZES)('the convolutional autoencoder at %dx%dx%d', (height, width, channels) => {
  const input = inputOf(height, width, channels);
  const pictures = drawnPictures(8, input);

  it('has a finite gradient that reaches every kernel', () => {
    const blueprint = convAutoencoder(input);
    const flat = tf.tensor1d(glorotUniform(blueprint.parameters, 1));
    const all = tf.range(0, pictures.count, 1, 'int32');
    const kernels = new NetworkKernels(tf, blueprint);
    const of = kernels.lossGradient(flat, pictureTensor(tf, input, pictures), all);
    const gradient = of.gradient.dataSync();
    expect(gradient.every(Number.isFinite)).toBe(true);
    let offset = 0;
    for (const { shape } of blueprint.parameters) {
      const length = shape.reduce((product, side) => product * side, 1);
      expect(gradient.slice(offset, offset + length).some((value) => value !== 0)).toBe(true);
      offset += length;
    }
  });

  it('redraws in the shape it was fed, and learns', async () => {
    const network = networks.create(recipeOf({ batchSize: 4, learningRate: 0.003 }, input));
    expect(network.latentSize).toBe(8 * Math.ceil(height / 8) * Math.ceil(width / 8));
    expect(await network.reconstruct(pictures)).toHaveLength(pictures.pixels.length);
    expect(await network.encode(pictures)).toHaveLength(pictures.count * network.latentSize);
    const start = (await network.loss(pictures)) ?? Number.NaN;
    for (let epoch = 0; epoch < 4; epoch += 1) await network.trainEpoch(pictures, unwatched);
    expect(await network.loss(pictures)).toBeLessThan(start);
    network.dispose();
  });
});
