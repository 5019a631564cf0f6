import { describe, expect, it } from 'vitest';
import {
  heldOutPlaces,
  placesAcrossLabels,
  placesInFixedOrder,
} from '../../../server/domain/validation-split.js';

const ids = Array.from({ length: 400 }, (_, at) => 7 + 3 * at);
const idsAt = (places: Iterable<number>, of = ids) => [...places].map((place) => of[place] ?? 0);

describe('the fixed order', () => {
  it('holds every place once, and is not the order of the ids', () => {
    const order = placesInFixedOrder(ids);
    expect(order.toSorted((a, b) => a - b)).toEqual([...ids.keys()]);
    expect(order).not.toEqual([...ids.keys()]);
  });

  it('is the same for the images that are left when others go', () => {
    const left = ids.filter((_, at) => at % 3 !== 0);
    const before = idsAt(placesInFixedOrder(ids)).filter((id) => left.includes(id));
    expect(idsAt(placesInFixedOrder(left), left)).toEqual(before);
  });

  it('takes images from everywhere', () => {
    const first = placesInFixedOrder(ids).slice(0, 100);
    const inQuarters = [0, 1, 2, 3].map(
      (quarter) => first.filter((place) => Math.floor(place / 100) === quarter).length,
    );
    for (const count of inQuarters) expect(Math.abs(count - 25)).toBeLessThan(12);
  });
});

describe('the images held out', () => {
  it.each([
    [0, 0],
    [0.05, 20],
    [0.5, 200],
  ])('are the share %f of them', (share, count) => {
    expect(heldOutPlaces(ids, share).size).toBe(count);
  });

  it('are at most 1,000, and never all', () => {
    const many = Array.from({ length: 30_000 }, (_, at) => at);
    expect(heldOutPlaces(many, 0.5).size).toBe(1000);
    expect(heldOutPlaces([1, 2], 1).size).toBe(1);
    expect(heldOutPlaces([1], 1).size).toBe(0);
    expect(heldOutPlaces([], 0.5).size).toBe(0);
  });

  it('of a smaller share are among those of a larger one', () => {
    const larger = heldOutPlaces(ids, 0.2);
    for (const place of heldOutPlaces(ids, 0.1)) expect(larger.has(place)).toBe(true);
  });
});

describe('places across labels', () => {
  it('are one of each label first, the most frequent label before the others', () => {
    const labels = ['a', 'b', 'b', null, 'c', 'b', 'a', 'c', 'c', 'c'];
    expect(placesAcrossLabels(labels, 5)).toEqual([4, 1, 0, 7, 2]);
    expect(placesAcrossLabels(labels, 99)).toEqual([4, 1, 0, 7, 2, 6, 8, 5, 9, 3]);
  });

  it('are the first ones where nothing bears a label', () => {
    expect(placesAcrossLabels([null, null, null], 2)).toEqual([0, 1]);
    expect(placesAcrossLabels([], 2)).toEqual([]);
  });
});
