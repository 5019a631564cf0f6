import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import { augmented, mirroredPictures } from '../../../server/ml/augmentation.js';
import { nearestCentres, sphericalCentres } from '../../../server/ml/clusters.js';
import { neighbourGraph, propagatedLabels } from '../../../server/ml/label-propagation.js';
import { nesterovUpdate } from '../../../server/ml/nesterov.js';
import { oneCycle } from '../../../server/ml/one-cycle.js';
import { labelTargets } from '../../../server/ml/targets.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { inputOf, unwatched } from './pictures.js';

const tf = await loadTensorFlow();
const STILL = { shift: 0, mirrored: 0, erased: 0 };

describe('augmentation', () => {
  const input = inputOf(2, 3, 2);
  const pixels = Uint8Array.from({ length: 24 }, (_, at) => at + 1);
  const second = Int32Array.of(1);
  const mirrored = [17, 18, 15, 16, 13, 14, 23, 24, 21, 22, 19, 20];

  it('copies the pictures at the positions', () => {
    const copies = augmented(input, pixels, Int32Array.of(1, 0), STILL, seededRandom(1));
    expect([...copies]).toEqual([...pixels.subarray(12), ...pixels.subarray(0, 12)]);
  });

  it('mirrors left to right', () => {
    const turned = augmented(input, pixels, second, { ...STILL, mirrored: 1 }, seededRandom(1));
    expect([...turned]).toEqual(mirrored);
    expect([...mirroredPictures(input, pixels).subarray(12)]).toEqual(mirrored);
  });

  it('moves by at most the share, and fills with black', () => {
    const wide = inputOf(1, 10, 1);
    const row = Uint8Array.from({ length: 10 }, (_, at) => at + 1);
    const random = seededRandom(2);
    const moves = Array.from({ length: 200 }, () => {
      const moved = augmented(wide, row, Int32Array.of(0), { ...STILL, shift: 0.2 }, random);
      const offset = moved.findIndex((byte) => byte === 5) - 4;
      const expected = row.map((_, at) =>
        at - offset < 0 || at - offset > 9 ? 0 : at - offset + 1,
      );
      expect(moved).toEqual(expected);
      return offset;
    });
    expect([...new Set(moves)].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  it('erases a rectangle of at most a fifth', () => {
    const large = inputOf(20, 20, 1);
    const dark = new Uint8Array(400);
    const random = seededRandom(3);
    for (let trial = 0; trial < 50; trial += 1) {
      const seen = augmented(large, dark, Int32Array.of(0), { ...STILL, erased: 1 }, random);
      const touched = [...seen.keys()].filter((at) => (seen[at] ?? 0) > 0);
      const rows = new Set(touched.map((at) => Math.floor(at / 20)));
      const columns = new Set(touched.map((at) => at % 20));
      expect(touched.length).toBeGreaterThan(0);
      expect(rows.size * columns.size).toBeLessThanOrEqual(0.2 * 400 + 40);
    }
  });
});

it('one cycle rises to its peak and falls to nothing', () => {
  expect(oneCycle(0.1, 0)).toBe(0);
  expect(oneCycle(0.1, 0.1)).toBeCloseTo(0.05);
  expect(oneCycle(0.1, 0.2)).toBeCloseTo(0.1);
  expect(oneCycle(0.1, 0.6)).toBeCloseTo(0.05, 3);
  expect(oneCycle(0.1, 1)).toBeCloseTo(0.0001);
});

it("Nesterov's update is the one of the paper", () => {
  const vector = (...numbers: number[]) => tf.tensor1d(numbers);
  const state = { parameters: vector(1, 2), velocity: vector(0.5, 0) };
  const gradient = vector(0.1, -0.2);
  const next = nesterovUpdate(tf, state, gradient, vector(0.01, 0), 0.1);
  // g = 0.1 + 0.01 * 1 = 0.11; v = 0.9 * 0.5 + g = 0.56; p = 1 - 0.1 (g + 0.9 v) = 0.9386
  expect(next.velocity.dataSync()[0]).toBeCloseTo(0.56);
  expect(next.parameters.dataSync()[0]).toBeCloseTo(0.9386);
  expect(next.velocity.dataSync()[1]).toBeCloseTo(-0.2);
  expect(next.parameters.dataSync()[1]).toBeCloseTo(2.038);
  tf.dispose([state.parameters, state.velocity, next.parameters, next.velocity, gradient]);
});

it('the targets of labels are smoothed, and pictures without one are left out', () => {
  const labels = ['b', null, 'a', 'b', 'c'];
  const targets = labelTargets({ count: 5, pixels: new Uint8Array(5), labels }, 0.3);
  expect([...targets.positions]).toEqual([0, 2, 3, 4]);
  const shares = new Float32Array(3);
  targets.addShares(3, shares);
  expect([...shares].map((share) => Math.round(share * 100))).toEqual([10, 80, 10]);
});

/** Unit vectors about `count` directions, one after the other. */
function bundles(count: number, each: number, spread: number): Float32Array {
  const random = seededRandom(7);
  return Float32Array.from(
    Array.from({ length: count * each }, (_, row) => {
      const angle = (2 * Math.PI * (row % count)) / count + spread * (random() - 0.5);
      return [Math.cos(angle), Math.sin(angle)];
    }).flat(),
  );
}

it('k-means finds the directions that rows bundle in', async () => {
  const rows = bundles(3, 50, 0.3);
  const centres = await sphericalCentres(tf, rows, 2, 3, 20, seededRandom(4), unwatched);
  const found = await nearestCentres(tf, rows, centres, 2, 2, 0.05, unwatched);
  const first = [...found.centres].filter((_, at) => at % 2 === 0);
  first.forEach((centre, row) => expect(centre).toBe(first[row % 3]));
  expect(new Set(first).size).toBe(3);
  for (let row = 0; row < 150; row += 1) {
    const [near = 0, far = 0] = found.shares.subarray(2 * row, 2 * row + 2);
    expect(near + far).toBeCloseTo(1);
    expect(near).toBeGreaterThan(0.99);
  }
});

it('labels spread along links, and no further', async () => {
  const rows = bundles(3, 20, 0.3);
  const graph = await neighbourGraph(tf, rows, 2, 5, unwatched);
  graph.neighbours.forEach((other, link) => expect(other).not.toBe(Math.floor(link / graph.each)));
  // One label in the first bundle, one in the second; the third has none, and cannot be reached.
  const targets = new Int32Array(60).fill(-1);
  targets[0] = 0;
  targets[1] = 1;
  const shares = await propagatedLabels(graph, targets, 2, unwatched);
  for (let row = 0; row < 60; row += 1) {
    const own = [...shares.subarray(2 * row, 2 * row + 2)].map((share) => Math.round(share));
    expect(own).toEqual(
      [
        [1, 0],
        [0, 1],
        [0, 0],
      ][row % 3],
    );
  }
});
