import { expect, it } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import {
  membershipGraph,
  memberships,
  UmapLayout,
  type NeighbourTable,
} from '../../../server/domain/umap.js';

/** The k nearest of points in space, by comparing all. */
function neighbourTable(points: readonly (readonly number[])[], k: number): NeighbourTable {
  const rows = points.map((point, own) =>
    points
      .map((other, at) => ({
        at,
        distance: Math.hypot(...point.map((v, a) => v - (other[a] ?? 0))),
      }))
      .filter(({ at }) => at !== own)
      .sort((one, other) => one.distance - other.distance)
      .slice(0, k),
  );
  return {
    k,
    neighbours: Int32Array.from(rows.flat(), ({ at }) => at),
    distances: Float32Array.from(rows.flat(), ({ distance }) => distance),
  };
}

/** Three clouds of 40 points in five dimensions, far apart. */
function clouds(): number[][] {
  const random = seededRandom(3);
  return Array.from({ length: 120 }, (_, at) =>
    Array.from({ length: 5 }, (__, axis) => (axis === Math.floor(at / 40) ? 20 : 0) + random()),
  );
}

function laidOut(table: NeighbourTable, seed: number, epochs = 100): Float32Array {
  const random = seededRandom(seed + 100);
  const graph = membershipGraph(table);
  const start = Float32Array.from({ length: graph.count * 2 }, () => random() * 20 - 10);
  const layout = new UmapLayout(graph, start, epochs, seed);
  let steps = 0;
  while (layout.step()) steps += 1;
  expect(steps).toBe(epochs);
  return layout.positions;
}

it('the nearest belongs to a point wholly, and all together as much as log2(k) neighbours', () => {
  const strengths = memberships({
    k: 4,
    neighbours: Int32Array.from([1, 2, 3, 4, 0, 2, 3, 4]),
    distances: Float32Array.from([1, 2, 3, 4, 0, 0.5, 0.6, 0.9]),
  });
  expect(strengths[0]).toBe(1);
  expect(strengths.slice(0, 4).reduce((sum, one) => sum + one, 0)).toBeCloseTo(2, 4);
  expect([...strengths.slice(0, 4)]).toEqual([...strengths.slice(0, 4)].sort((a, b) => b - a));
  // A copy, and the nearest that is none.
  expect([...strengths.slice(4, 6)]).toEqual([1, 1]);
});

it('where all neighbours are as far, all belong wholly', () => {
  const table = { k: 3, neighbours: Int32Array.from([1, 2, 3]), distances: new Float32Array(3) };
  expect([...memberships(table)]).toEqual([1, 1, 1]);
  expect([...memberships({ ...table, distances: table.distances.fill(0.3) })]).toEqual([1, 1, 1]);
});

it('an edge stands once in either direction, as strong as a + b - ab', () => {
  const table = neighbourTable([[0], [1], [3], [7]], 2);
  const own = memberships(table);
  const { heads, tails, weights, count } = membershipGraph(table);
  expect(count).toBe(4);
  const edges = new Map(
    Array.from(heads, (head, at) => [`${head} ${tails[at]}`, weights[at] ?? 0]),
  );
  expect(edges.size).toBe(heads.length);
  for (const [edge, weight] of edges) {
    const [head = 0, tail = 0] = edge.split(' ').map(Number);
    const strength = (from: number, to: number) => {
      const place = table.neighbours.subarray(from * 2, from * 2 + 2).indexOf(to);
      return place < 0 ? 0 : (own[from * 2 + place] ?? 0);
    };
    const [a, b] = [strength(head, tail), strength(tail, head)];
    expect(weight).toBeCloseTo(a + b - a * b, 6);
    expect(edges.get(`${tail} ${head}`)).toBe(weight);
  }
});

it('points that are near in space are near in the plane, whatever place they start from', () => {
  const points = clouds();
  const positions = laidOut(neighbourTable(points, 10), 1);
  const plane = points.map((_, at) => [...positions.subarray(at * 2, at * 2 + 2)]);
  const { neighbours, k } = neighbourTable(plane, 10);
  const same = neighbours.filter((other, at) => {
    return Math.floor(other / 40) === Math.floor(Math.floor(at / k) / 40);
  });
  expect(same.length / neighbours.length).toBeGreaterThan(0.95);
  expect(positions.every(Number.isFinite)).toBe(true);
});

it('the same seed gives the same layout to the last bit, another one another', () => {
  const table = neighbourTable(clouds(), 5);
  expect(laidOut(table, 1, 20)).toEqual(laidOut(table, 1, 20));
  expect(laidOut(table, 1, 20)).not.toEqual(laidOut(table, 2, 20));
});

it('points that start in one place come apart', () => {
  const graph = membershipGraph(neighbourTable(clouds(), 5));
  const layout = new UmapLayout(graph, new Float32Array(240), 50, 1);
  while (layout.step());
  const places = new Set(Array.from({ length: 120 }, (_, at) => layout.positions[at * 2]));
  expect(places.size).toBe(120);
});
