import { describe, expect, it } from 'vitest';
import type { TrainingFacts } from '../../../server/domain/training-facts.js';
import { trainingWarnings } from '../../../server/domain/training-warnings.js';
import { inputOf } from '../ml/pictures.js';

type Looks = TrainingFacts['sample'][number];

function pictures(count: number, width: number, height: number, changes: Partial<Looks> = {}) {
  return Array<Looks>(count).fill({ width, height, channels: 3, hasAlpha: false, ...changes });
}

const GOOD: TrainingFacts = {
  trainCount: 1000,
  testCount: 100,
  labelCount: 10,
  sample: pictures(100, 300, 300),
};

function warnings(changes: Partial<TrainingFacts>, input = inputOf(64, 64, 3)) {
  return trainingWarnings({ ...GOOD, ...changes }, input);
}
const codes = (...given: Parameters<typeof warnings>) => warnings(...given).map(({ code }) => code);

describe('before a training', () => {
  it('nothing is said where nothing speaks against it', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ trainCount: 200, testCount: 1, labelCount: 2 })).toEqual([]);
  });

  it.each<[string, Partial<TrainingFacts>, string, RegExp]>([
    ['few images', { trainCount: 199 }, 'FEW_IMAGES', /only 199 TRAIN images.*Add images: 200/],
    ['one image', { trainCount: 1 }, 'FEW_IMAGES', /is only 1 TRAIN image\./],
    ['no images', { trainCount: 0, sample: [] }, 'FEW_IMAGES', /nothing to learn from. Add images/],
    ['one label', { labelCount: 1 }, 'ONE_LABEL', /same label.*Training works all the same/],
    ['no labels', { labelCount: 0 }, 'NO_LABELS', /No image bears a label.*Give labels/],
    ['no test images', { testCount: 0 }, 'NO_TEST_IMAGES', /one image in ten to TEST/],
    [
      'tall beside wide',
      { sample: [...pictures(80, 900, 300), ...pictures(20, 300, 600)] },
      'MIXED_SHAPES',
      /shapes of the images differ wildly.*COVER/,
    ],
    [
      'stamps beside posters',
      { sample: [...pictures(80, 900, 900), ...pictures(20, 100, 100)] },
      'MIXED_SHAPES',
      /sizes of the images differ wildly/,
    ],
    [
      'grayscale beside colour',
      { sample: [...pictures(88, 300, 300), ...pictures(12, 300, 300, { channels: 1 })] },
      'MIXED_COLOURS',
      /12 % of the images are grayscale.*choose 1 channel/,
    ],
    [
      'small images',
      { sample: [...pictures(60, 32, 20), ...pictures(40, 64, 64)] },
      'SMALL_IMAGES',
      /60 % of the images are smaller than the 64x64 pixels/,
    ],
  ])('%s are said, with what to do', (_, changes, code, words) => {
    const said = warnings(changes);
    expect(said.map((warning) => warning.code)).toEqual([code]);
    expect(said[0]?.message).toMatch(words);
  });

  it.each<[string, Partial<TrainingFacts>]>([
    ['pictures on their side', { sample: [...pictures(50, 400, 300), ...pictures(50, 300, 400)] }],
    ['one odd shape in twenty', { sample: [...pictures(95, 300, 300), ...pictures(5, 900, 90)] }],
    [
      'one grayscale in fifty',
      { sample: [...pictures(98, 300, 300), ...pictures(2, 300, 300, { channels: 1 })] },
    ],
    ['as many small as large', { sample: [...pictures(50, 32, 32), ...pictures(50, 64, 64)] }],
  ])('%s are not worth a word', (_, changes) => {
    expect(codes(changes)).toEqual([]);
  });

  it('colours do not mix where the network sees none', () => {
    const sample = [...pictures(50, 300, 300), ...pictures(50, 300, 300, { channels: 1 })];
    expect(codes({ sample }, inputOf(64, 64, 1))).toEqual([]);
  });

  it('everything is said at once, the gravest first', () => {
    const sample = [...pictures(50, 9, 9), ...pictures(50, 10, 100, { channels: 1 })];
    const all = { trainCount: 3, testCount: 0, labelCount: 0, sample };
    expect(codes(all, inputOf(160, 160, 3))).toEqual([
      'FEW_IMAGES',
      'MIXED_SHAPES',
      'MIXED_COLOURS',
      'SMALL_IMAGES',
      'NO_TEST_IMAGES',
      'NO_LABELS',
    ]);
  });
});
