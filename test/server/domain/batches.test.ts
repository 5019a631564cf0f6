import { expect, it } from 'vitest';
import { inBatches } from '../../../server/domain/batches.js';

it.each([
  [[1, 2, 3, 4, 5], 2, [[1, 2], [3, 4], [5]]],
  [
    [1, 2, 3, 4],
    2,
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [[1, 2], 5, [[1, 2]]],
  [[], 3, []],
])('%j in batches of %i', (items, size, batches) => {
  expect([...inBatches(items, size)]).toEqual(batches);
});
