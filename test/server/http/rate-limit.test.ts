import { expect, it } from 'vitest';
import { RateLimit } from '../../../server/http/rate-limit.js';

const MINUTE = 60_000;

it('lets through a minute’s worth at once, then evenly', () => {
  const limit = new RateLimit(60);
  const taken = (now: number, times: number) =>
    Array.from({ length: times }, () => limit.take('a', now));
  expect(new Set(taken(0, 60))).toEqual(new Set([0]));
  expect(taken(0, 2)).toEqual([1, 1]);
  expect(taken(999, 1)).toEqual([1]);
  expect(taken(1000, 2)).toEqual([0, 1]);
  expect(taken(2 * MINUTE, 61).filter((wait) => wait === 0)).toHaveLength(60);
});

it('counts each caller by itself, and tells how long to wait', () => {
  const limit = new RateLimit(2);
  expect([limit.take('a', 0), limit.take('a', 0), limit.take('a', 0)]).toEqual([0, 0, 30]);
  expect(limit.take('b', 0)).toBe(0);
  expect(limit.take('a', 10_000)).toBe(20);
});

it('a clock that goes back gives nothing and takes nothing', () => {
  const limit = new RateLimit(1);
  expect(limit.take('a', MINUTE)).toBe(0);
  expect(limit.take('a', 0)).toBe(60);
  expect(limit.take('a', MINUTE)).toBe(0);
});

it('forgets who has not asked for longest when there are too many', () => {
  const limit = new RateLimit(1);
  for (let caller = 0; caller < 20_000; caller += 1) limit.take(caller, 0);
  expect(limit.take(0, 0)).toBeGreaterThan(0);
  limit.take('one more', 0);
  expect(limit.take(0, 0)).toBeGreaterThan(0);
  expect(limit.take(1, 0)).toBe(0);
});

it('tells who would have to wait, without counting', () => {
  const limit = new RateLimit(1);
  expect([limit.isExhausted('a', 0), limit.isExhausted('a', 0)]).toEqual([false, false]);
  limit.take('a', 0);
  expect(limit.isExhausted('a', 0)).toBe(true);
  expect(limit.isExhausted('a', MINUTE)).toBe(false);
});
