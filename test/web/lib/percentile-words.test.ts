import { expect, it } from 'vitest';
import { formatShareOfAll, nearnessWords } from '../../../web/lib/percentile-words.js';

it('a share is never rounded up to all', () => {
  expect(formatShareOfAll(0.999999)).toBe('99.99%');
  expect(formatShareOfAll(0.9998)).toBe('99.98%');
  expect(formatShareOfAll(1)).toBe('100%');
});

it('small shares need no decimals', () => {
  expect(formatShareOfAll(0.4567)).toBe('45%');
  expect(formatShareOfAll(0)).toBe('0%');
});

it('a neighbour of a model that was not measured is told nothing', () => {
  expect(nearnessWords(null)).toBeNull();
  expect(nearnessWords(0.9998)).toBe('closer than 99.98% of random pairs');
  expect(nearnessWords(1)).toBe('closer than all random pairs');
});
