import { describe, expect, it } from 'vitest';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { ARCHITECTURES } from '../../../server/domain/architectures/registry.js';
import type { InputSpec } from '../../../server/domain/model.js';
import { convAutoencoder } from '../../../server/ml/architectures/conv-autoencoder.js';
import { glorotUniform, parameterCount } from '../../../server/ml/parameters.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { drawnPictures, FASHION_INPUT, inputOf, recipeOf } from './pictures.js';

const networks = await createNetworks();

const cases: readonly [string, InputSpec, number[][], number, number][] = [
  [
    '28x28x1',
    inputOf(28, 28, 1),
    [
      [28, 28],
      [14, 14],
      [7, 7],
      [4, 4],
    ],
    128,
    4320,
  ],
  [
    '33x47x3',
    inputOf(33, 47, 3),
    [
      [33, 47],
      [17, 24],
      [9, 12],
      [5, 6],
    ],
    240,
    4896,
  ],
  [
    '160x160x1',
    inputOf(160, 160, 1),
    [
      [160, 160],
      [80, 80],
      [40, 40],
      [20, 20],
    ],
    3200,
    4320,
  ],
];

describe.each(cases)(
  'the convolutional autoencoder at %s',
  (_, input, sizes, latentSize, count) => {
    const blueprint = convAutoencoder(input);
    const [full, half, quarter, eighth] = sizes.map(([height, width]) => [height, width]);

    it('has the layers of the tutorial', () => {
      expect(blueprint.layers.map(({ kind, outputShape }) => [kind, ...outputShape])).toEqual([
        ['Convolution 3x3', ...(full ?? []), 16],
        ['ReLU', ...(full ?? []), 16],
        ['Max pooling 2x2', ...(half ?? []), 16],
        ['Convolution 3x3', ...(half ?? []), 8],
        ['ReLU', ...(half ?? []), 8],
        ['Max pooling 2x2', ...(quarter ?? []), 8],
        ['Convolution 3x3', ...(quarter ?? []), 8],
        ['ReLU', ...(quarter ?? []), 8],
        ['Max pooling 2x2', ...(eighth ?? []), 8],
        ['Upsampling', ...(quarter ?? []), 8],
        ['Convolution 3x3', ...(quarter ?? []), 8],
        ['ReLU', ...(quarter ?? []), 8],
        ['Upsampling', ...(half ?? []), 8],
        ['Convolution 3x3', ...(half ?? []), 8],
        ['ReLU', ...(half ?? []), 8],
        ['Upsampling', ...(full ?? []), 8],
        ['Convolution 3x3', ...(full ?? []), 16],
        ['ReLU', ...(full ?? []), 16],
        ['Convolution 3x3', ...(full ?? []), input.channels],
      ]);
      expect(new Set(blueprint.layers.map(({ name }) => name)).size).toBe(blueprint.layers.length);
    });

    it('counts its parameters', () => {
      const listed = blueprint.layers.reduce((sum, layer) => sum + layer.parameterCount, 0);
      expect([listed, parameterCount(blueprint.parameters)]).toEqual([count, count]);
    });

    it('computes what its shapes say', async () => {
      const network = networks.create(recipeOf({}, input));
      const pictures = drawnPictures(3, input);
      expect(network.latentSize).toBe(latentSize);
      expect(await network.encode(pictures)).toHaveLength(3 * latentSize);
      expect(await network.reconstruct(pictures)).toHaveLength(pictures.pixels.length);
      expect(await network.loss(pictures)).toBeCloseTo(Math.log(2), 0);
      network.dispose();
    });
  },
);

describe('the initial parameters', () => {
  const { parameters } = convAutoencoder(inputOf(28, 28, 1));

  it('are spread over the limits of Glorot and Bengio', () => {
    const flat = glorotUniform(parameters, 7);
    let offset = 0;
    for (const { shape } of parameters) {
      const [height, width, inputs, outputs] = shape;
      const limit = Math.sqrt(6 / (height * width * (inputs + outputs)));
      const values = flat.subarray(offset, (offset += height * width * inputs * outputs));
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(largest).toBeLessThanOrEqual(limit);
      expect(largest).toBeGreaterThan(0.9 * limit);
      expect(Math.abs(mean)).toBeLessThan(0.15 * limit);
    }
  });

  it('follow from the seed', () => {
    expect(glorotUniform(parameters, 7)).toEqual(glorotUniform(parameters, 7));
    expect(glorotUniform(parameters, 7)).not.toEqual(glorotUniform(parameters, 8));
  });
});

it.each(ARCHITECTURES)('there is a network for $name', async (architecture) => {
  const network = networks.create({
    architecture: architecture.name,
    hyperparameters: completeHyperparameters(architecture, {}),
    input: FASHION_INPUT,
  });
  const pictures = drawnPictures(2, FASHION_INPUT);
  expect(await network.encode(pictures)).toHaveLength(2 * network.latentSize);
  expect(network.layers.map(({ part }) => part)).toContain('DECODER');
  network.dispose();
});

it('an architecture that nobody built is refused by name', () => {
  const recipe = { ...recipeOf(), architecture: 'perceptron' };
  expect(() => networks.create(recipe)).toThrow(/perceptron.*conv-autoencoder/);
});
