import { describe, expect, it } from 'vitest';
import type { Row } from '../bench/harness/benchmark.js';
import { httpLoadOf, isAnswered } from '../bench/harness/http-load.js';
import { secondsBetween } from '../bench/harness/log-times.js';
import { inTurns, median, quantile } from '../bench/harness/statistics.js';
import { isMet, ratioOf } from '../bench/harness/verdict.js';

const row = (ours: number[], other: number[] | null, target?: Row['target']): Row => ({
  what: 'a step',
  unit: 'ms',
  ours,
  other: other && { name: 'the other', values: other },
  ...(target ? { target } : {}),
});

describe('the median', () => {
  it('is the middle value, or lies between the middle two, whatever their order', () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('is a quantile, of which the others lie in proportion between two values', () => {
    expect(quantile([10, 20, 30, 40, 50], 0.99)).toBeCloseTo(49.6);
    expect(quantile([50, 10], 0)).toBe(10);
    expect(() => median([])).toThrow('no values');
  });
});

describe('measuring in turns', () => {
  it('goes forwards and backwards, and leaves out the rounds that warm up', async () => {
    const asked: string[] = [];
    const side = (name: string) => async () => `${name}${asked.push(name)}`;
    const values = await inTurns(2, { a: side('a'), b: side('b'), c: null });
    expect(asked.join('')).toBe('baabba');
    expect(values).toEqual({ a: ['a3', 'a6'], b: ['b4', 'b5'], c: [] });
  });
});

describe('a ratio', () => {
  it('is the median over the runs, each beside its own counterpart', () => {
    // The medians alone are 10 and 10: the machine was slower in the second half.
    expect(ratioOf(row([5, 10, 50], [10, 20, 10]))).toBe(0.5);
  });

  it('is that of the medians where there are not as many runs of both', () => {
    expect(ratioOf(row([1, 2, 3], [4]))).toBe(0.5);
  });

  it('is none where one side was not run', () => {
    expect(ratioOf(row([1], null))).toBeNull();
    expect(ratioOf({ ...row([1], []), other: { name: 'x', notRun: 'no Python' } })).toBeNull();
    expect(ratioOf(row([], [1]))).toBeNull();
  });
});

describe('a target', () => {
  it('is met at its bound and missed beyond it', () => {
    expect(isMet(row([5], [10], { of: 'ratio', atMost: 0.5 }))).toBe(true);
    expect(isMet(row([5.1], [10], { of: 'ratio', atMost: 0.5 }))).toBe(false);
    expect(isMet(row([17], [20], { of: 'ratio', atLeast: 0.85 }))).toBe(true);
    expect(isMet(row([16], [20], { of: 'ratio', atLeast: 0.85 }))).toBe(false);
  });

  it('may be one for our own number', () => {
    expect(isMet(row([2, 9, 2.9], null, { of: 'ours', atMost: 3 }))).toBe(true);
    expect(isMet(row([2, 9, 3.1], null, { of: 'ours', atMost: 3 }))).toBe(false);
  });

  it('is neither met nor missed where it could not be measured, or where there is none', () => {
    expect(isMet(row([1], null, { of: 'ratio', atMost: 1 }))).toBeNull();
    expect(isMet(row([], null, { of: 'ours', atMost: 1 }))).toBeNull();
    expect(isMet(row([1], [1]))).toBeNull();
  });
});

describe('a load', () => {
  it('fails as a whole when an answer was an error, however quick', () => {
    expect(httpLoadOf([1, 2, 3], 2, [])).toMatchObject({ requestsPerSecond: 1.5, p50: 2 });
    expect(() => httpLoadOf([1, 2, 3], 2, ['status 500'])).toThrow('1 requests failed: status 500');
    expect(isAnswered(200, '{"data":{}}')).toBe(true);
    expect(isAnswered(200, '{"errors":[]}')).toBe(false);
    expect(isAnswered(404, '')).toBe(false);
  });
});

it('times are read from the lines of a log, and a line that is missing is told', () => {
  const log =
    '2026-01-31T10:00:00.500Z server  begun\nnoise\n2026-01-31T10:00:02.000Z server  done';
  expect(secondsBetween(log, /begun/, /done/)).toBe(1.5);
  expect(() => secondsBetween(log, /begun/, /noise/)).toThrow('no line like /noise/');
});
