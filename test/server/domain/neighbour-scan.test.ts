import { expect, it } from 'vitest';
import {
  distanceBetween,
  NearestHits,
  ScannedVectors,
} from '../../../server/domain/neighbour-scan.js';
import { unitVector } from '../../../server/domain/query-vector.js';
import { seededRandom } from '../../../server/domain/random.js';
import { exactNearest, randomEmbeddings } from '../../contract/vectors.js';

const idsOf = (hits: readonly { imageId: number }[]) => hits.map(({ imageId }) => imageId);

it('the nearest of what is offered are kept, nearest first, equal ones by image id', () => {
  const nearest = new NearestHits(3);
  for (const [id, distance] of [
    [9, 0.5],
    [4, 0.1],
    [7, 0.5],
    [5, 0.9],
    [3, 0.5],
    [8, 0.1],
  ] as const) {
    nearest.offer(id, distance);
  }
  expect(idsOf(nearest.hits())).toEqual([4, 8, 3]);
  expect(idsOf(new NearestHits(1).hits())).toEqual([]);
});

it('vectors are found as by comparing with every one, while they come and go', () => {
  const random = seededRandom(5);
  const pool = randomEmbeddings(
    Array.from({ length: 90 }, (_, at) => at + 1),
    6,
    3,
  );
  const scanned = new ScannedVectors(6);
  const present = new Map<number, (typeof pool)[number]>();
  for (let step = 0; step < 400; step += 1) {
    const chosen = pool[Math.floor(random() * pool.length)];
    if (!chosen) continue;
    if (random() < 0.6) {
      scanned.put(chosen.imageId, chosen.vector);
      present.set(chosen.imageId, chosen);
    } else {
      scanned.remove(chosen.imageId);
      present.delete(chosen.imageId);
    }
    expect(scanned.size).toBe(present.size);
    expect(scanned.has(chosen.imageId)).toBe(present.has(chosen.imageId));
  }
  expect(scanned.ids().sort((a, b) => a - b)).toEqual([...present.keys()].sort((a, b) => a - b));
  for (const { vector } of pool.slice(0, 20)) {
    const exact = exactNearest(vector, [...present.values()], 7);
    expect(idsOf(scanned.search(unitVector(vector), 7))).toEqual(exact);
  }
});

it('only the wanted are found, and an image has one vector: its last', () => {
  const scanned = new ScannedVectors(2);
  scanned.put(1, Float32Array.from([1, 0]));
  scanned.put(2, Float32Array.from([0, 5]));
  scanned.put(1, Float32Array.from([0, -2]));
  expect(scanned.size).toBe(2);
  expect([...(scanned.vectorOf(1) ?? [])]).toEqual([0, -1]);
  const query = Float32Array.from([0, 1]);
  expect(scanned.search(query, 5, (id) => id === 1)).toEqual([{ imageId: 1, distance: 2 }]);
  expect(scanned.vectorOf(3)).toBeNull();
});

it('a vector of zeros is at distance 1 from everything, itself too', () => {
  const zeros = new Float32Array(2);
  const scanned = new ScannedVectors(2);
  scanned.put(1, zeros);
  expect(scanned.search(zeros, 1)).toEqual([{ imageId: 1, distance: 1 }]);
  expect(distanceBetween(zeros, Float32Array.from([0, 1]))).toBe(1);
});
