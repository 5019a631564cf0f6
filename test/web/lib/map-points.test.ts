import { expect, it } from 'vitest';
import { encodeMapPoints } from '../../../server/domain/map-points.js';
import { labelColour } from '../../../web/lib/map-colours.js';
import { paintPoints } from '../../../web/lib/map-painting.js';
import {
  labelCounts,
  labelName,
  NO_LABEL,
  OTHER_LABEL,
  readMapPoints,
  type MapPoints,
} from '../../../web/lib/map-points.js';

const FILE = encodeMapPoints({
  imageIds: Int32Array.from([3, 9, 70_000]),
  positions: Float32Array.from([0, 0, 2, 4, 2, 2]),
  labels: ['Bag', null, 'Bag'],
});

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer;
}

function points(): MapPoints {
  const read = readMapPoints(bufferOf(FILE));
  if (!read) throw new Error('The file cannot be read.');
  return read;
}

it('the console reads what the server writes', () => {
  const { count, imageIds, places, labels, names } = points();
  expect(count).toBe(3);
  expect([...imageIds]).toEqual([3, 9, 70_000]);
  expect([...labels]).toEqual([1, 0, 1]);
  expect(names).toEqual(['Bag']);
  [0.25, 1, 0.75, 0, 0.75, 0.5].forEach((place, at) => {
    expect(places[at]).toBeCloseTo(place, 4);
  });
});

it.each([
  ['nothing', new Uint8Array()],
  ['a page of text', new TextEncoder().encode('<!doctype html><title>Not here</title>')],
  ['half of a map', FILE.slice(0, FILE.length - 1)],
  ['a later version', FILE.map((byte, at) => (at === 4 ? 2 : byte))],
])('%s is no map', (_, bytes) => {
  expect(readMapPoints(bufferOf(bytes))).toBeNull();
});

it('labels are counted, of all points or of some, and named', () => {
  const all = { count: 5, labels: Uint8Array.from([1, 2, 2, 0, 255]) };
  expect(labelCounts(all)).toEqual([
    { label: 2, count: 2 },
    { label: 0, count: 1 },
    { label: 1, count: 1 },
    { label: 255, count: 1 },
  ]);
  expect(labelCounts(all, [1, 4])).toEqual([
    { label: 2, count: 1 },
    { label: 255, count: 1 },
  ]);
  expect([NO_LABEL, 1, OTHER_LABEL].map((label) => labelName(['Bag'], label))).toEqual([
    ...['No label', 'Bag', 'Other labels'],
  ]);
});

it('every label of a table has a colour of its own', () => {
  const colours = Array.from({ length: 60 }, (_, at) => labelColour(at + 1).join(' '));
  expect(new Set(colours).size).toBe(60);
  expect(colours.every((colour) => /^\d+ \d+ \d+$/.test(colour))).toBe(true);
});

it('points are painted where they lie, hidden ones are not, and none goes over the edge', () => {
  const size = { width: 40, height: 20 };
  const pixels = new Uint32Array(40 * 20);
  const view = { scale: 40, left: -2, top: -10 };
  const picture = { points: points(), hidden: new Set<number>(), selected: null, view, density: 1 };
  paintPoints(pixels, size, picture);
  const colourAt = (x: number, y: number) => {
    const [red, green, blue, alpha] = new Uint8Array(pixels.buffer, (y * 40 + x) * 4, 4);
    return [red, green, blue, alpha];
  };
  // The first two lie above and below what is seen.
  expect(colourAt(28, 10)).toEqual([...labelColour(1), 255]);
  const painted = () => pixels.filter((pixel) => pixel !== 0).length;
  const one = painted();
  expect(one).toBeGreaterThan(0);
  expect(one).toBeLessThan(30);
  paintPoints(pixels, size, { ...picture, hidden: new Set([1]) });
  expect(painted()).toBe(0);
  paintPoints(pixels, size, { ...picture, selected: Uint8Array.from([1, 0, 0]) });
  expect(colourAt(28, 10)[3]).toBeLessThan(100);
  paintPoints(pixels, size, { ...picture, selected: Uint8Array.from([0, 0, 1]) });
  expect(colourAt(28, 10)[3]).toBe(255);
  // On the left edge half of a point is seen, and nothing at the right.
  paintPoints(pixels, size, { ...picture, view: { scale: 40, left: -30, top: -10 } });
  expect(colourAt(0, 10)[3]).toBe(255);
  expect(colourAt(39, 9)[3]).toBe(0);
});
