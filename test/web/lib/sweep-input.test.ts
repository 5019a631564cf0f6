import { describe, expect, it } from 'vitest';
import {
  combinationsOf,
  dialInputOf,
  dialProblemOf,
  draftFor,
  numberProblem,
  sweepable,
  sweepWords,
} from '../../../web/lib/sweep-input';

const spec = (
  name: string,
  kind: 'INTEGER' | 'FLOAT',
  usual: number,
  min: number,
  max: number,
) => ({
  ...{ name, title: name, description: '', kind, default: usual, min, max },
  unswept: null,
});
const RATE = spec('learningRate', 'FLOAT', 0.1, 1e-6, 1);
const SIZE = spec('batchSize', 'INTEGER', 3, 1, 4096);
const SHIFT = spec('shift', 'FLOAT', 0, 0, 1);

describe('a dial that is to differ', () => {
  it('begins around its default, within its range, each value once', () => {
    expect(draftFor(RATE)).toMatchObject({ kind: 'VALUES', values: '0.05, 0.1, 0.2' });
    expect(draftFor(SIZE)).toMatchObject({ values: '2, 3, 6', low: '2', high: '6' });
    expect(draftFor(SHIFT).values).toBe('0');
  });

  it('becomes values or a range', () => {
    const draft = { ...draftFor(RATE), values: ' 0.1,0.2;  0.3 ' };
    expect(dialInputOf(draft)).toEqual({ name: 'learningRate', values: [0.1, 0.2, 0.3] });
    expect(dialInputOf({ ...draft, kind: 'RANGE', scale: 'LOG' })).toEqual({
      name: 'learningRate',
      range: { low: 0.05, high: 0.2, scale: 'LOG' },
    });
  });

  it.each([
    [RATE, { values: '' }, /1 to 50 values/],
    [RATE, { values: '0.1, much' }, /a number from/],
    [RATE, { values: '0.1, 2' }, /a number from/],
    [SIZE, { values: '2.5' }, /a whole number/],
    [RATE, { kind: 'RANGE', low: '0.2', high: '0.1' }, /go up/],
    [RATE, { kind: 'RANGE', low: '' }, /a number from/],
    [SHIFT, { kind: 'RANGE', low: '0', high: '1', scale: 'LOG' }, /above 0/],
  ] as const)('is told what is wrong with it: %#', (of, changes, words) => {
    expect(dialProblemOf(of, draftFor(of))).toBeNull();
    expect(dialProblemOf(of, { ...draftFor(of), ...changes })).toMatch(words);
  });

  it('is none that the scores would not compare with', () => {
    const share = {
      ...spec('validationShare', 'FLOAT', 0, 0, 0.5),
      unswept: 'or nothing compares',
    };
    expect(sweepable([RATE, share, SIZE])).toEqual([RATE, SIZE]);
  });
});

describe('what a sweep would try', () => {
  const listed = (of: typeof RATE, values: string) => ({ ...draftFor(of), values });
  const range = { ...draftFor(SIZE), kind: 'RANGE' as const, low: '2', high: '9' };

  it('is counted, but for ranges of fractions', () => {
    const both = [listed(RATE, '0.1, 0.2, 0.2'), range];
    expect(combinationsOf([RATE, SIZE], both)).toBe(16);
    expect(combinationsOf([RATE], [{ ...draftFor(RATE), kind: 'RANGE' }])).toBeNull();
  });

  it.each([
    [1, 8, 'There is only one setting: give a dial more values.'],
    [6, 8, 'Tries all 6 combinations.'],
    [64, 8, 'Tries 8 of 64 combinations, drawn at random.'],
    [null, 8, 'Tries 8 settings drawn at random.'],
  ])('%s combinations of %i wanted', (combinations, wanted, words) => {
    expect(sweepWords(combinations, wanted)).toBe(words);
  });
});

it('a number is refused with its range', () => {
  const range = { min: 2, max: 50, whole: true };
  expect(numberProblem('Settings', '8', range)).toBeNull();
  for (const text of ['', ' ', '1', '51', '2.5', 'many']) {
    expect(numberProblem('Settings', text, range)).toBe(
      'Settings must be a whole number from 2 to 50.',
    );
  }
});
