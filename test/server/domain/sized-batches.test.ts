import { expect, it } from 'vitest';
import { inBatchesOfSize } from '../../../server/domain/batches.js';

it.each([
  [[1, 2, 3, 4], 5, [[1, 2], [3], [4]]],
  [[3, 3, 3], 6, [[3, 3], [3]]],
  [[1, 9, 1], 5, [[1], [9], [1]]],
  [[9], 5, [[9]]],
  [[0, 0, 0], 0, [[0, 0, 0]]],
  [[], 5, []],
])('%j in batches of at most %i together', (items, size, batches) => {
  expect([...inBatchesOfSize(items, (item) => item, size)]).toEqual(batches);
});
