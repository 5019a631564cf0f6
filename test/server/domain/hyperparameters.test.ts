import { describe, expect, it } from 'vitest';
import {
  completeHyperparameters,
  hyperparameter,
  restoreHyperparameters,
  type Architecture,
} from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import { fewLabelsEncoder } from '../../../server/domain/architectures/few-labels-encoder.js';
import { metricEncoder } from '../../../server/domain/architectures/metric-encoder.js';
import { neighbourEncoder } from '../../../server/domain/architectures/neighbour-encoder.js';

function faultsOf(given: Record<string, number>): string {
  try {
    completeHyperparameters(convAutoencoder, given);
  } catch (thrown) {
    expect(thrown).toMatchObject({ name: 'LookalikeError', code: 'HYPERPARAMETER_INVALID' });
    return (thrown as Error).message;
  }
  return 'no fault';
}

describe('completing hyper-parameters', () => {
  it('takes the default of every dial that is not given', () => {
    expect(completeHyperparameters(convAutoencoder, {})).toEqual({
      epochs: 20,
      batchSize: 400,
      learningRate: 0.001,
      seed: 1,
      trainingImages: 0,
      validationShare: 0,
      patience: 0,
      m: 16,
      efConstruction: 100,
      recallTarget: 0.99,
    });
  });

  it('takes what is given, 0 too', () => {
    const given = { epochs: 3, seed: 0, learningRate: 0.5 };
    expect(completeHyperparameters(convAutoencoder, given)).toMatchObject(given);
  });

  it('takes both ends of each range', () => {
    for (const { name, min, max } of convAutoencoder.hyperparameters) {
      expect(completeHyperparameters(convAutoencoder, { [name]: min })[name]).toBe(min);
      expect(completeHyperparameters(convAutoencoder, { [name]: max })[name]).toBe(max);
    }
  });

  it('names all faults together, and the dials there are', () => {
    const message = faultsOf({ epochs: 0, batchSize: 2.5, depth: 3, learningRate: 2 });
    expect(message).toContain('conv-autoencoder: "epochs" must be a whole number from 1 to 1000');
    expect(message).toContain('"batchSize" must be a whole number from 1 to 4096, not 2.5');
    expect(message).toContain('"depth" is not a hyper-parameter');
    expect(message).toContain('"learningRate" must be a number from 0.000001 to 1, not 2');
    expect(message).toContain(
      'epochs, batchSize, learningRate, seed, trainingImages, validationShare, ',
    );
  });

  it.each([
    ['no number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['below its range', -1],
    ['fractional', 1.5],
  ])('refuses a whole-number dial that is %s', (_, value) => {
    expect(faultsOf({ epochs: value })).toContain('"epochs" must be a whole number');
  });

  it.each(['constructor', '__proto__', 'toString'])('refuses a dial named %s', (name) => {
    expect(faultsOf(JSON.parse(`{ "${name}": 1 }`) as Record<string, number>)).toContain(
      `"${name}" is not a hyper-parameter`,
    );
  });

  it('gives no dial that the architecture lacks', () => {
    const bare: Architecture = { ...convAutoencoder, hyperparameters: [] };
    expect(completeHyperparameters(bare, {})).toEqual({});
  });
});

describe('restoring hyper-parameters', () => {
  it.each([
    [metricEncoder, 'labelWeight'],
    [neighbourEncoder, 'patchKinds'],
    [fewLabelsEncoder, 'patchKinds'],
  ] as const)(
    'adds no dial that there was not when they were stored, of $0.name $1',
    (of, dial) => {
      const { [dial]: usual, ...old } = completeHyperparameters(of, {});
      expect(usual).toBeGreaterThan(0);
      expect(restoreHyperparameters(of, old)).toEqual(old);
      const today = { ...old, [dial]: 1 };
      expect(restoreHyperparameters(of, today)).toEqual(today);
    },
  );
});

describe('one dial', () => {
  it('is read from a completed set', () => {
    expect(hyperparameter({ epochs: 0 }, 'epochs')).toBe(0);
  });

  it('is refused when the set lacks it', () => {
    expect(() => hyperparameter({}, 'epochs')).toThrow(
      expect.objectContaining({ code: 'HYPERPARAMETER_INVALID' }) as Error,
    );
  });
});

it('every default lies in its range, and every dial has a name of its own', () => {
  const specs = convAutoencoder.hyperparameters;
  expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
  const defaults = Object.fromEntries(specs.map((spec) => [spec.name, spec.default]));
  expect(completeHyperparameters(convAutoencoder, defaults)).toEqual(defaults);
});
