import { describe, expect, it } from 'vitest';
import {
  modelToRollBackTo,
  wordsOfOutcome,
  type ActivationCause,
} from '../../../server/domain/model-activation.js';
import { estimateOf } from '../../contract/metadata/rows.js';

/** Activations by hand, and by rolling back where marked with `<`. */
function history(words: string): { modelId: number; cause: ActivationCause }[] {
  return words.split(' ').map((word) => {
    const cause = word.startsWith('<') ? 'ROLL_BACK' : 'HAND';
    return { modelId: Number(word.replace('<', '')), cause };
  });
}

const back = (words: string, gone: readonly number[] = []) =>
  modelToRollBackTo(history(words), (id) => !gone.includes(id));

it.each([
  ['1', null],
  ['1 2', 1],
  ['1 2 3', 2],
  ['1 2 3 <2', 1],
  ['1 2 3 <2 <1', null],
  ['1 2 3 <2 4', 2],
  ['1 2 3 <2 4 <2', 1],
  ['1 2 1 2', 1],
  ['1 2 1 2 <1', 2],
  ['1 2 1 2 <1 <2 <1', null],
])('after %s it goes back to %s', (words, expected) => {
  expect(back(words)).toBe(expected);
});

it('passes over models that are gone, and over the active one', () => {
  expect(back('1 2 3', [2])).toBe(1);
  expect(back('1 2 3 <1', [2])).toBeNull();
  expect(back('1 2 1', [2])).toBeNull();
  expect(back('1 2', [1])).toBeNull();
  expect(modelToRollBackTo([], () => true)).toBeNull();
});

it('never goes on for ever: every step leaves fewer to go back to', () => {
  const activations = history('1 2 3 2 1 3 1 2');
  const steps: number[] = [];
  for (;;) {
    const modelId = modelToRollBackTo(activations, (id) => id !== 3);
    if (modelId === null) break;
    steps.push(modelId);
    activations.push({ modelId, cause: 'ROLL_BACK' });
  }
  expect(steps).toEqual([1, 2, 1]);
});

describe('what a log says at the end of a run', () => {
  const comparison = {
    measure: 'PRECISION_AT_10',
    candidate: estimateOf(0.7),
    active: estimateOf(0.8),
    isAnew: false,
  } as const;

  it.each([
    [{ isActive: true, previousModelId: null, comparison: null }, 'model 7 is active'],
    [
      { isActive: true, previousModelId: 3, comparison: null },
      'model 7 is active in place of model 3: the two cannot be compared',
    ],
    [
      { isActive: true, previousModelId: 3, comparison: { ...comparison, isWorse: false } },
      'model 7 is active in place of model 3: P@10 0.700 (0.690–0.710) against 0.800 (0.790–0.810)',
    ],
    [
      { isActive: false, previousModelId: 3, comparison: { ...comparison, isWorse: true } },
      'model 7 is not active: it is worse than the active model 3: P@10 0.700 (0.690–0.710) ' +
        'against 0.800 (0.790–0.810); activate it by hand if you want it all the same',
    ],
  ])('of %o', (outcome, words) => {
    expect(wordsOfOutcome({ id: 7 }, outcome)).toBe(words);
  });
});
