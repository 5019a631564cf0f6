import { expect, it } from 'vitest';
import {
  duplicateGroups,
  groupsAmong,
  NearImages,
  type DuplicateGroup,
} from '../../../server/domain/duplicate-groups.js';
import { usualNearDistance } from '../../../server/domain/neighbour-distance.js';

function near(...joins: readonly (readonly [number, number, number])[]): DuplicateGroup[] {
  const images = new NearImages();
  for (const [one, other, distance] of joins) images.join(one, other, distance);
  return images.groups();
}

it('images that are joined, also through others, are one group', () => {
  const groups = near([5, 2, 0.1], [9, 8, 0.3], [2, 7, 0.2], [7, 5, 0.4]);
  expect(groups.map(({ imageIds }) => imageIds)).toEqual([
    [2, 5, 7],
    [8, 9],
  ]);
});

it('a group tells how far the loneliest of it is from its nearest', () => {
  const [chain] = near([1, 2, 0.1], [2, 3, 0.2], [1, 3, 0.4]);
  expect(chain?.distance).toBe(0.2);
});

it('a chain of a hundred thousand is one group', () => {
  const images = new NearImages();
  for (let id = 100_000; id > 1; id -= 1) images.join(id, id - 1, 0.1);
  expect(images.groups().map(({ imageIds }) => imageIds.length)).toEqual([100_000]);
});

it('the largest come first, and near ones that only repeat exact ones are left out', () => {
  const exact = [
    [4, 3],
    [10, 11, 12, 13],
  ];
  const all = duplicateGroups(exact, near([3, 4, 0], [10, 11, 0], [11, 20, 0.1], [30, 31, 0.2]));
  expect(all.map(({ kind, imageIds }) => [kind, ...imageIds])).toEqual([
    ['EXACT', 10, 11, 12, 13],
    ['NEAR', 10, 11, 20],
    ['EXACT', 3, 4],
    ['NEAR', 30, 31],
  ]);
});

it('two exact groups that are near each other are a near one too', () => {
  const all = duplicateGroups(
    [
      [1, 2],
      [3, 4],
    ],
    near([1, 2, 0], [3, 4, 0], [2, 3, 0.1]),
  );
  expect(all.map(({ kind }) => kind)).toEqual(['NEAR', 'EXACT', 'EXACT']);
});

it('without some images, groups shrink, and those of one vanish', () => {
  const groups = duplicateGroups(
    [
      [1, 2, 3],
      [4, 5],
    ],
    [],
  );
  expect(groupsAmong(groups, new Set([1, 3, 4])).map(({ imageIds }) => imageIds)).toEqual([[1, 3]]);
});

it('groups that have shrunk stand behind those that are larger now', () => {
  const groups = duplicateGroups(
    [
      [1, 2, 3, 4],
      [5, 6, 7],
      [8, 9],
    ],
    [],
  );
  const left = groupsAmong(groups, new Set([2, 4, 5, 6, 7, 8, 9]));
  expect(left.map(({ imageIds }) => imageIds)).toEqual([
    [5, 6, 7],
    [2, 4],
    [8, 9],
  ]);
});

it('how near is near is told from random pairs, and is never far', () => {
  const statistics = (distance: number) => ({
    ...{ distanceQuantiles: Array.from({ length: 201 }, () => distance), errorQuantiles: [] },
  });
  expect(usualNearDistance(statistics(0.004))).toBeCloseTo(0.0004, 10);
  expect(usualNearDistance(statistics(1.5))).toBe(0.01);
  expect(usualNearDistance(statistics(0))).toBe(0);
  expect(usualNearDistance(null)).toBeGreaterThan(0);
});
