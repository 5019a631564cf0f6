import { describe, expect, it } from 'vitest';
import { stepTowards } from '../../../web/lib/use-stepwise.js';

describe('a list taken over step by step', () => {
  const old = ['a', 'b', 'c', 'd', 'e'];
  const next = ['1', '2', '3', '4', '5'];

  it('keeps what was shown behind what is new, and ends with the list itself', () => {
    const first = stepTowards(next, old, 2);
    expect(first).toEqual(['1', '2', 'c', 'd', 'e']);
    const second = stepTowards(next, first, 2);
    expect(second).toEqual(['1', '2', '3', '4', 'e']);
    expect(stepTowards(next, second, 2)).toBe(next);
  });

  it('begins with nothing, and takes no step for what is the same already', () => {
    expect(stepTowards(next, [], 2)).toEqual(['1', '2']);
    expect(stepTowards(next, ['1', '2', '3', 'x', 'y'], 1)).toEqual(['1', '2', '3', '4', 'y']);
  });

  it('drops at once what is past the end', () => {
    expect(stepTowards(['1', '2', '3'], old, 2)).toEqual(['1', '2', 'c']);
    expect(stepTowards([], old, 2)).toEqual([]);
    const same = ['a', 'b'];
    expect(stepTowards(same, old, 2)).toBe(same);
  });
});
