import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sideBySide } from '../../../server/services/side-by-side.js';

it('works at as many items as it may, and answers in their order', async () => {
  let [now, most] = [0, 0];
  const answers = await sideBySide([5, 1, 4, 2, 3, 0], 3, async (turns) => {
    now += 1;
    most = Math.max(most, now);
    for (let each = 0; each < turns; each += 1) await turn();
    now -= 1;
    return turns * 10;
  });
  expect(answers).toEqual([50, 10, 40, 20, 30, 0]);
  expect(most).toBe(3);
});

it('fails with the first that fails', async () => {
  const work = (item: number) =>
    item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item);
  await expect(sideBySide([1, 2, 3], 2, work)).rejects.toThrow('two');
  expect(await sideBySide([], 2, work)).toEqual([]);
});
