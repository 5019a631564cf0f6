import { expect, it } from 'vitest';
import { nearest } from '../../../server/domain/neighbour.js';

it('the nearest of several lists are merged', () => {
  const train = [
    { imageId: 1, distance: 0.1 },
    { imageId: 2, distance: 0.5 },
  ];
  const test = [
    { imageId: 3, distance: 0.25 },
    { imageId: 4, distance: 2 },
  ];
  expect(nearest([train, test], 3)).toEqual([
    { imageId: 1, distance: 0.1 },
    { imageId: 3, distance: 0.25 },
    { imageId: 2, distance: 0.5 },
  ]);
});

it('equal distances go by image id, whichever list they come from', () => {
  const lists = [[{ imageId: 9, distance: 0.5 }], [{ imageId: 3, distance: 0.5 }], []];
  expect(nearest(lists, 2).map(({ imageId }) => imageId)).toEqual([3, 9]);
  expect(nearest([...lists].reverse(), 1).map(({ imageId }) => imageId)).toEqual([3]);
});

it('fewer than k are all given, and the lists are left as they were', () => {
  const list = [
    { imageId: 2, distance: 0.2 },
    { imageId: 1, distance: 0.1 },
  ];
  expect(nearest([list], 10).map(({ imageId }) => imageId)).toEqual([1, 2]);
  expect(list.map(({ imageId }) => imageId)).toEqual([2, 1]);
  expect(nearest([], 10)).toEqual([]);
});
