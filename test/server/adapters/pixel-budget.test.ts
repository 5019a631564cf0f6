import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { PixelBudget } from '../../../server/adapters/pictures/sharp/pixel-budget.js';

/** Work that goes on until it is told to end, and notes when it began. */
function stoppable(name: string, begun: string[]) {
  let end = () => {};
  let fail = () => {};
  const work = new Promise<string>((resolve, reject) => {
    end = () => resolve(name);
    fail = () => reject(new Error(name));
  });
  const begin = () => {
    begun.push(name);
    return work;
  };
  return { begin, end, fail };
}

it('work begins in order while its pixels fit, and when others have ended or failed', async () => {
  const budget = new PixelBudget(100);
  const begun: string[] = [];
  const [a, b] = [stoppable('a', begun), stoppable('b', begun)];
  const [c, d] = [stoppable('c', begun), stoppable('d', begun)];
  const first = budget.within(60, a.begin);
  const second = budget.within(40, b.begin);
  const third = budget.within(70, c.begin);
  const fourth = budget.within(10, d.begin);
  await turn();
  expect(begun).toEqual(['a', 'b']);
  b.fail();
  await expect(second).rejects.toThrow('b');
  await turn();
  expect(begun).toEqual(['a', 'b']);
  a.end();
  expect(await first).toBe('a');
  await turn();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  c.end();
  d.end();
  expect(await Promise.all([third, fourth])).toEqual(['c', 'd']);
});

it('work over the budget goes alone', async () => {
  const budget = new PixelBudget(100);
  const begun: string[] = [];
  const [small, large] = [stoppable('small', begun), stoppable('large', begun)];
  const first = budget.within(1, small.begin);
  const second = budget.within(1000, large.begin);
  await turn();
  expect(begun).toEqual(['small']);
  small.end();
  await first;
  await turn();
  expect(begun).toEqual(['small', 'large']);
  large.end();
  expect(await second).toBe('large');
});
