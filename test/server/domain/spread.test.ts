import { expect, it } from 'vitest';
import { spreadPlaces } from '../../../server/domain/spread.js';

it('takes all where there are no more than asked for', () => {
  expect(spreadPlaces(3, 5)).toEqual([0, 1, 2]);
  expect(spreadPlaces(3, 3)).toEqual([0, 1, 2]);
  expect(spreadPlaces(0, 5)).toEqual([]);
});

it('takes others evenly, from the first on', () => {
  expect(spreadPlaces(10, 4)).toEqual([0, 2, 5, 7]);
  const places = spreadPlaces(70_001, 1000);
  expect(new Set(places).size).toBe(1000);
  expect(Math.max(...places)).toBeGreaterThan(69_900);
});
