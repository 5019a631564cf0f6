import { expect, it } from 'vitest';
import { keptByDefault, keptOf, surplusOf } from '../../../web/lib/duplicate-choice.js';
import { distanceOf, distanceProblem } from '../../../web/lib/duplicate-distance.js';

function picture(id: string, width: number, height: number, addedAt: string) {
  return { id, width, height, addedAt };
}

const EARLY = '2026-01-01T00:00:00.000Z';
const LATE = '2026-02-01T00:00:00.000Z';
const small = picture('1', 10, 10, EARLY);
const large = picture('2', 20, 10, LATE);
const largeEarlier = picture('3', 10, 20, EARLY);

it('the largest picture stays', () => {
  expect(keptByDefault([small, large])).toBe('2');
});

it('of equally large ones the earliest stays, and then the one with the smaller id', () => {
  expect(keptByDefault([large, largeEarlier])).toBe('3');
  expect(keptByDefault([picture('10', 5, 5, EARLY), picture('9', 5, 5, EARLY)])).toBe('9');
});

it('a chosen one stays in its place', () => {
  expect(keptOf([small, large], new Set(['1', '77']))).toBe('1');
});

it('all but the kept ones go, each once, and never all of a group', () => {
  const groups = [{ images: [small, large] }, { images: [largeEarlier, small] }];
  expect(surplusOf(groups, new Set())).toEqual(['1']);
  expect(surplusOf(groups, new Set(['1']))).toEqual(['2', '3']);
});

it('an empty distance is left to the server, others must be from 0 to 0.5', () => {
  expect(distanceOf(' ')).toBeNull();
  expect(distanceProblem('')).toBeNull();
  expect(distanceOf('0.02')).toBe(0.02);
  expect(distanceProblem('0.5')).toBeNull();
  expect(distanceProblem('0.51')).toMatch(/from 0 to 0.5/);
  expect(distanceProblem('near')).toMatch(/from 0 to 0.5/);
});
