import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from '../../../server/domain/patience.js';

const MS = 1000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives what comes in time, and leaves no timer that would hold up the end of a process', async () => {
  expect(await within(MS, Promise.resolve(7), 'late')).toBe(7);
  await expect(within(MS, Promise.reject(new Error('no')), 'late')).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

it('tells what does not come in time, and does not mind if that fails when nobody waits any more', async () => {
  let fail: (reason: Error) => void = () => undefined;
  const slow = new Promise<number>((_, reject) => {
    fail = reject;
  });
  const found = within(MS, slow, 'late');
  await vi.advanceTimersByTimeAsync(MS - 1);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await found).toBe('late');
  fail(new Error('too late'));
  await vi.advanceTimersByTimeAsync(0);
});
