import { describe, expect, it } from 'vitest';
import { chartScale, paddedRange } from '../../../web/components/charts/chart-scale';

const SIZE = { width: 200, height: 100, margin: { top: 10, right: 20, bottom: 30, left: 40 } };

describe('the scale of a chart', () => {
  it('has the ends of both ranges at the edges of the plot', () => {
    const scale = chartScale(SIZE, [1, 5], [0, 2]);
    expect([scale.x(1), scale.x(5)]).toEqual([40, 180]);
    expect([scale.y(0), scale.y(2)]).toEqual([70, 10]);
    expect(scale).toMatchObject({ left: 40, right: 180, bottom: 70 });
  });

  it('tells back which value lies where', () => {
    const scale = chartScale(SIZE, [1, 5], [0, 2]);
    expect([1, 2.5, 5].map((value) => scale.xAt(scale.x(value)))).toEqual([1, 2.5, 5]);
  });

  it('puts a single value at the left and at the bottom', () => {
    const scale = chartScale(SIZE, [3, 3], [7, 7]);
    expect([scale.x(3), scale.y(7)]).toEqual([40, 70]);
  });
});

describe('a padded range', () => {
  it('is wider by a share of its extent at both ends', () => {
    expect(paddedRange([4, 2, 3], 0.5, 1)).toEqual([1, 5]);
  });

  it('of one value is as wide as it is told', () => {
    expect(paddedRange([2], 0.5, 4)).toEqual([0, 4]);
  });
});
