import { describe, expect, it } from 'vitest';
import {
  chosenModels,
  modelComparisonAddress,
  modelComparisonOf,
  movesOf,
  sharedCount,
} from '../../../web/lib/model-comparison.js';

const neighbours = (ids: readonly number[]) =>
  ids.map((id, place) => ({ rank: place + 1, image: { id: String(id) } }));

describe('the address of a comparison', () => {
  it('bears all of it, and leaves defaults out', () => {
    const state = { a: '1', b: '12', image: '7', upload: null, seed: 5 };
    const address = modelComparisonAddress(state);
    expect(address).toBe('/models/compare?a=1&b=12&image=7&seed=5');
    expect(modelComparisonOf(new URL(address, 'http://here').searchParams)).toEqual(state);
    const empty = modelComparisonOf(new URLSearchParams());
    expect(modelComparisonAddress(empty)).toBe('/models/compare');
  });

  it('may be typed wrongly', () => {
    const typed = new URLSearchParams('a=x&b=-1&image=1.5&seed=few');
    expect(modelComparisonOf(typed)).toEqual(modelComparisonOf(new URLSearchParams()));
  });
});

describe('the models that are compared', () => {
  const models = [3, 2, 1].map((id) => ({ id: String(id), active: id === 2 }));

  it('are those asked for, else the active one and the newest other one', () => {
    expect(chosenModels({ a: null, b: null }, models)).toEqual({ a: '2', b: '3' });
    expect(chosenModels({ a: '1', b: null }, models)).toEqual({ a: '1', b: '2' });
    expect(chosenModels({ a: '2', b: null }, models)).toEqual({ a: '2', b: '3' });
    expect(chosenModels({ a: null, b: '2' }, models)).toEqual({ a: '3', b: '2' });
    expect(chosenModels({ a: '9', b: '1' }, models)).toEqual({ a: '9', b: '1' });
  });

  it('are none where there are not two', () => {
    expect(chosenModels({ a: null, b: null }, models.slice(0, 1))).toBeNull();
    expect(chosenModels({ a: '1', b: null }, [])).toBeNull();
  });
});

describe('what moved', () => {
  it('is told by the rank that the other model has a neighbour at', () => {
    const one = neighbours([1, 2, 3]);
    const other = neighbours([2, 1, 4]);
    expect(movesOf(one, other)).toEqual([{ otherRank: 2 }, { otherRank: 1 }, { otherRank: null }]);
  });

  it('counts as shared only where both show it', () => {
    const one = neighbours([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const other = neighbours([12, 11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const moves = movesOf(one, other);
    expect(moves.map(({ otherRank }) => otherRank)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(sharedCount(moves)).toBe(8);
  });
});
