import { expect, it } from 'vitest';
import { within } from '../../../server/domain/patience.js';

const LONG_MS = 60_000;

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

it('gives what comes in time, and leaves no timer behind that would hold up the end of a process', async () => {
  const before = timers();
  expect(await within(LONG_MS, Promise.resolve(7), 'late')).toBe(7);
  await expect(within(LONG_MS, Promise.reject(new Error('no')), 'late')).rejects.toThrow('no');
  expect(timers()).toBe(before);
});

it('tells what does not come in time', async () => {
  expect(await within(1, new Promise<number>(() => undefined), 'late')).toBe('late');
});

it('does not mind what fails when nobody waits any more', async () => {
  let fail: (reason: Error) => void = () => undefined;
  const slow = new Promise<number>((_, reject) => {
    fail = reject;
  });
  expect(await within(1, slow, 'late')).toBe('late');
  fail(new Error('too late'));
  await new Promise((resolve) => setImmediate(resolve));
});
