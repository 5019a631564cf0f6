import { describe, expect, it } from 'vitest';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import type { TrainingFacts } from '../../../server/domain/training-facts.js';
import { proposeTraining } from '../../../server/domain/training-proposal.js';

type Looks = TrainingFacts['sample'][number];

/** So many pictures that look like this. */
function pictures(count: number, width: number, height: number, changes: Partial<Looks> = {}) {
  return Array<Looks>(count).fill({ width, height, channels: 3, hasAlpha: false, ...changes });
}

function facts(trainCount: number, sample: readonly Looks[]): TrainingFacts {
  return { trainCount, testCount: 10, labelCount: 10, sample };
}

const propose = (of: TrainingFacts) => proposeTraining(convAutoencoder, of);
const sizeFor = (of: TrainingFacts) => {
  const { width, height, channels } = propose(of).input;
  return [width, height, channels];
};

describe('a proposal for training', () => {
  it("on Fashion-MNIST is the tutorial's training", () => {
    const clothes = pictures(1000, 28, 28, { channels: 1 });
    expect(propose(facts(60_000, clothes))).toEqual({
      input: {
        width: 28,
        height: 28,
        channels: 1,
        fit: 'CONTAIN',
        background: '#000000',
        scaling: 'UNIT',
      },
      hyperparameters: completeHyperparameters(convAutoencoder, {}),
      imageCount: 60_000,
      warnings: [],
    });
    expect(completeHyperparameters(convAutoencoder, {})).toMatchObject({
      batchSize: 400,
      epochs: 20,
      learningRate: 0.001,
    });
  });

  it.each([
    ['photographs, at the largest side that is proposed', pictures(100, 3000, 3000), [96, 96, 3]],
    ['icons as they are', pictures(100, 64, 64), [64, 64, 3]],
    ['odd sides to a multiple of 8', pictures(100, 45, 45), [48, 48, 3]],
    ['a side that is hardly more than the least', pictures(100, 29, 29), [32, 32, 3]],
    ['tiny pictures, enlarged', pictures(100, 16, 16), [28, 28, 3]],
    ['wide pictures, wide', pictures(100, 4000, 3000), [96, 72, 3]],
    ['tall pictures, tall', pictures(100, 300, 600), [48, 96, 3]],
    ['banners, no lower than the least', pictures(100, 4000, 400), [96, 28, 3]],
    [
      'pictures of two shapes, square',
      [...pictures(60, 400, 300), ...pictures(40, 300, 400)],
      [96, 96, 3],
    ],
    [
      'a few of another shape, by the many',
      [...pictures(97, 400, 300), ...pictures(3, 300, 400)],
      [96, 72, 3],
    ],
    [
      'the median side of mixed sizes',
      [...pictures(30, 40, 40), ...pictures(40, 56, 56), ...pictures(30, 999, 999)],
      [56, 56, 3],
    ],
    ['nearly all grayscale, one channel', pictures(100, 64, 64, { channels: 1 }), [64, 64, 1]],
    [
      'some in colour, three channels',
      [...pictures(90, 64, 64, { channels: 1 }), ...pictures(10, 64, 64)],
      [64, 64, 3],
    ],
    ['nothing to look at, something usual', [], [64, 64, 3]],
  ])('feeds %s', (_, sample, expected) => {
    expect(sizeFor(facts(1000, sample))).toEqual(expected);
  });

  it.each([
    [60_000, 64],
    [30_000, 88],
    [20_000, 96],
    [10_000_000, 28],
  ])('feeds smaller pictures when there are many: %d photographs at %d', (count, side) => {
    expect(sizeFor(facts(count, pictures(10, 900, 900)))).toEqual([side, side, 3]);
  });

  it('puts white behind pictures that are mostly transparent, else black', () => {
    const clear = pictures(6, 64, 64, { hasAlpha: true });
    const background = (sample: readonly Looks[]) => propose(facts(100, sample)).input.background;
    expect(background([...clear, ...pictures(4, 64, 64)])).toBe('#ffffff');
    expect(background([...clear, ...pictures(6, 64, 64)])).toBe('#000000');
  });

  it.each([
    [0, 16, 100],
    [5, 16, 100],
    [300, 16, 100],
    [1000, 33, 100],
    [4000, 133, 100],
    [12_000, 400, 100],
    [16_000, 400, 75],
    [100_000, 400, 20],
  ])('of %d small images takes batches of %d and %d epochs', (count, batchSize, epochs) => {
    const { hyperparameters } = propose(facts(count, pictures(10, 28, 28)));
    expect(hyperparameters).toMatchObject({ batchSize, epochs, learningRate: 0.001, seed: 1 });
  });

  it('takes fewer epochs, of smaller batches, where pictures are large and many', () => {
    const { hyperparameters } = propose(facts(20_000, pictures(10, 900, 900)));
    expect(hyperparameters).toMatchObject({ batchSize: 140, epochs: 21 });
  });
});
