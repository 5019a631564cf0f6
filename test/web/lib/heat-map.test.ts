import { expect, it } from 'vitest';
import { cellAfterKey, cellWords, strengthsOf, sumWords } from '../../../web/lib/heat-map.js';

it('the strongest cell is painted most, whichever way it points', () => {
  const [weak = 0, none, strong = 0] = strengthsOf([0.1, 0, -0.4]);
  expect(none).toBe(0);
  expect(strong).toBe(0.75);
  expect(weak).toBeCloseTo(0.1875);
  expect(strengthsOf([0, 0])).toEqual([0, 0]);
});

it('arrow keys go from cell to cell and stop at the edges', () => {
  const [columns, rows] = [3, 2];
  expect(cellAfterKey('ArrowRight', 0, columns, rows)).toBe(1);
  expect(cellAfterKey('ArrowDown', 1, columns, rows)).toBe(4);
  expect(cellAfterKey('ArrowRight', 2, columns, rows)).toBe(2);
  expect(cellAfterKey('ArrowUp', 2, columns, rows)).toBe(2);
  expect(cellAfterKey('Enter', 2, columns, rows)).toBeNull();
});

it('a cell is told by its place and by what it adds', () => {
  expect(cellWords(4, 3, -0.1, 0.5)).toBe('Row 2, column 2: −0.100, -20% of the similarity');
});

it('the similarity is told as its sum', () => {
  expect(sumWords([0.5, 0.3, -0.1], 0.7)).toBe(
    '0.700 = 0.800 from 2 cells that agree − 0.100 from 1 that differ',
  );
});
