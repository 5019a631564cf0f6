import { expect, it } from 'vitest';
import { placementRule } from '../../../server/cli/placement.js';

/** Label and split of each name, under the rule that they make. */
function placed(names: readonly string[], canBeWrapped = false) {
  const rule = placementRule(names, canBeWrapped);
  return names.map((name) => {
    const { label, split } = rule(name);
    return `${label ?? '-'} ${split ?? '-'}`;
  });
}

it('the first folder is the label', () => {
  expect(placed(['cats/1.jpg', 'cats/young/2.jpg', 'dogs/3.jpg', '4.jpg'])).toEqual([
    ...['cats -', 'cats -', 'dogs -', '- -'],
  ]);
});

it('folders that are just train and test are the split, and the next one is the label', () => {
  expect(placed(['train/cats/1.jpg', 'Test/dogs/2.jpg', 'train/3.jpg', '4.jpg'])).toEqual([
    ...['cats TRAIN', 'dogs TEST', '- TRAIN', '- -'],
  ]);
  expect(placed(['test/cats/1.jpg'])).toEqual(['cats TEST']);
});

it('a folder that is called train beside others is a label', () => {
  expect(placed(['train/1.jpg', 'ship/2.jpg'])).toEqual(['train -', 'ship -']);
});

it('a folder around all of a zip file does not count, if there are folders in it', () => {
  const wrapped = ['photos/cats/1.jpg', 'photos/dogs/2.jpg', 'photos/3.jpg'];
  expect(placed(wrapped, true)).toEqual(['cats -', 'dogs -', '- -']);
  expect(placed(wrapped, false)).toEqual(['photos -', 'photos -', 'photos -']);
  expect(placed(['photos/train/cats/1.jpg', 'photos/test/2.jpg'], true)).toEqual([
    ...['cats TRAIN', '- TEST'],
  ]);
  expect(placed(['cats/1.jpg', 'cats/2.jpg'], true)).toEqual(['cats -', 'cats -']);
  expect(placed(['train/cats/1.jpg', 'train/dogs/2.jpg'], true)).toEqual([
    ...['cats TRAIN', 'dogs TRAIN'],
  ]);
});

it('nothing at all has no place', () => {
  expect(placed([], true)).toEqual([]);
});
