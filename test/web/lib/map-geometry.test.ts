import { describe, expect, it } from 'vitest';
import { pointsInside } from '../../../web/lib/lasso.js';
import { panned, pinched, placeAt, resized, wholeView, zoomed } from '../../../web/lib/map-view.js';
import { NearestPoint } from '../../../web/lib/nearest-point.js';

const SIZE = { width: 800, height: 500 };

/** The same numbers every time, in the unit square. */
function manyPlaces(count: number, shift = 0): Float32Array {
  return Float32Array.from(
    { length: count * 2 },
    (_, at) => (Math.sin(at * 12.9898 + shift) * 43758.5) % 1,
  ).map(Math.abs);
}

describe('a view', () => {
  it('of all has the square in the middle, whole', () => {
    const view = wholeView(SIZE);
    expect(placeAt(view, SIZE.width / 2, SIZE.height / 2)).toEqual([0.5, 0.5]);
    expect(view.top).toBeGreaterThan(0);
    expect(view.top + view.scale).toBeLessThan(SIZE.height);
  });

  it('that is zoomed keeps what lies under the pointer, there and back', () => {
    const start = wholeView(SIZE);
    const [x, y] = [520, 130];
    const near = zoomed(start, SIZE, x, y, 8);
    expect(near.scale).toBeCloseTo(start.scale * 8);
    placeAt(near, x, y).forEach((place, axis) => {
      expect(place).toBeCloseTo(placeAt(start, x, y)[axis] ?? 0);
    });
    const back = zoomed(near, SIZE, x, y, 1 / 8);
    expect(back.left).toBeCloseTo(start.left);
    expect(back.top).toBeCloseTo(start.top);
  });

  it('is never further than all, and never nearer than 200 times', () => {
    const start = wholeView(SIZE);
    expect(zoomed(start, SIZE, 0, 0, 0.1).scale).toBe(start.scale);
    expect(zoomed(start, SIZE, 0, 0, 1e9).scale).toBe(start.scale * 200);
  });

  it('that is moved keeps the middle of the frame on the square', () => {
    const far = panned(wholeView(SIZE), SIZE, 1e6, -1e6);
    expect(placeAt(far, SIZE.width / 2, SIZE.height / 2)).toEqual([0, 1]);
    const some = panned(wholeView(SIZE), SIZE, 30, -20);
    expect(some.left).toBe(wholeView(SIZE).left + 30);
    expect(some.top).toBe(wholeView(SIZE).top - 20);
  });

  it('that is pinched keeps what lies under both fingers', () => {
    const start = wholeView(SIZE);
    const from = [
      [300, 200],
      [500, 260],
    ] as const;
    const to = [
      [220, 180],
      [620, 300],
    ] as const;
    const near = pinched(start, SIZE, from, to);
    expect(near.scale).toBeCloseTo(start.scale * 2);
    from.forEach(([beforeX, beforeY], finger) => {
      const [x, y] = to[finger] ?? [0, 0];
      const before = placeAt(start, beforeX, beforeY);
      placeAt(near, x, y).forEach((place, axis) => {
        expect(place).toBeCloseTo(before[axis] ?? 0);
      });
    });
    const back = pinched(near, SIZE, to, from);
    expect([back.scale, back.left, back.top].map(Math.round)).toEqual(
      [start.scale, start.left, start.top].map(Math.round),
    );
    const touching = pinched(
      start,
      SIZE,
      [
        [300, 200],
        [300, 200],
      ],
      to,
    );
    expect(touching.scale).toBeLessThanOrEqual(start.scale * 200);
  });

  it('in a frame of another size shows the same in its middle', () => {
    const view = zoomed(wholeView(SIZE), SIZE, 500, 300, 5);
    const other = { width: 390, height: 600 };
    const moved = resized(view, SIZE, other);
    const middle = placeAt(moved, other.width / 2, other.height / 2);
    placeAt(view, SIZE.width / 2, SIZE.height / 2).forEach((place, axis) => {
      expect(middle[axis]).toBeCloseTo(place);
    });
    expect(moved.scale / wholeView(other).scale).toBeCloseTo(5);
  });
});

describe('the nearest point', () => {
  it('is the one that comparing with all finds, or none', () => {
    const places = manyPlaces(3000);
    const grid = new NearestPoint(places);
    const asked = manyPlaces(200, 1);
    let found = 0;
    for (let at = 0; at < 200; at += 1) {
      const [x = 0, y = 0] = asked.subarray(at * 2, at * 2 + 2);
      const distance = (point: number | null) =>
        point === null
          ? Infinity
          : Math.hypot((places[point * 2] ?? 0) - x, (places[point * 2 + 1] ?? 0) - y);
      const all = Array.from({ length: 3000 }, (_, point) => distance(point));
      const least = Math.min(...all);
      const nearest = grid.find(x, y, 0.01);
      if (least > 0.01) expect(nearest).toBeNull();
      else expect(distance(nearest)).toBeCloseTo(least, 9);
      if (nearest !== null) found += 1;
    }
    expect(found).toBeGreaterThan(20);
    expect(found).toBeLessThan(200);
  });

  it('is one that is shown, and may lie on the edge', () => {
    const grid = new NearestPoint(Float32Array.from([0, 0, 1, 1, 0.99, 1]));
    expect(grid.find(1, 1, 0.1)).toBe(1);
    expect(grid.find(1, 1, 0.1, (point) => point !== 1)).toBe(2);
    expect(grid.find(-0.05, 0, 0.1)).toBe(0);
    expect(grid.find(0.5, 0.5, 0.1)).toBeNull();
    expect(new NearestPoint(new Float32Array()).find(0.5, 0.5, 1)).toBeNull();
  });
});

describe('a lasso', () => {
  const places = Float32Array.from([0.5, 0.5, 0.1, 0.1, 0.9, 0.5, 0.5, 0.75]);

  it('holds the points inside, whichever way it was drawn', () => {
    const square = [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.6, 0.8],
      [0.4, 0.8],
    ] as const;
    expect(pointsInside(square, places)).toEqual([0, 3]);
    expect(pointsInside(square.slice().reverse(), places)).toEqual([0, 3]);
    expect(pointsInside(square, places, (point) => point !== 0)).toEqual([3]);
  });

  it('that bends inward leaves out what lies in the bend', () => {
    const horseshoe = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0.7, 1],
      [0.7, 0.3],
      [0.3, 0.3],
      [0.3, 1],
      [0, 1],
    ] as const;
    expect(pointsInside(horseshoe, places)).toEqual([1, 2]);
  });

  it('of no points, or a single one, holds none', () => {
    expect(pointsInside([], places)).toEqual([]);
    expect(pointsInside([[0.5, 0.5]], places)).toEqual([]);
  });
});
