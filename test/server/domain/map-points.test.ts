import { expect, it } from 'vitest';
import { encodeMapPoints, MAP_LABELS } from '../../../server/domain/map-points.js';

const HEADER = 16;

/** Reads the file by its table, column by column. */
function read(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(8, true);
  const column = <T>(bytesBefore: number, at: (offset: number) => T, size: number) =>
    Array.from({ length: count }, (_, point) => at(HEADER + bytesBefore * count + point * size));
  const table = bytes.subarray(HEADER + 9 * count);
  return {
    magic: new TextDecoder().decode(bytes.subarray(0, 4)),
    version: view.getUint16(4, true),
    labelCount: view.getUint16(6, true),
    tableLength: view.getUint32(12, true),
    steps: column(0, (offset) => view.getUint32(offset, true), 4),
    x: column(4, (offset) => view.getUint16(offset, true), 2),
    y: column(6, (offset) => view.getUint16(offset, true), 2),
    labels: column(8, (offset) => view.getUint8(offset), 1),
    table: JSON.parse(new TextDecoder().decode(table)) as string[],
    tableBytes: table.byteLength,
  };
}

it('points are written in nine bytes each, ids as steps, labels as places of a table', () => {
  const bytes = encodeMapPoints({
    imageIds: Int32Array.from([3, 4, 10, 70_000]),
    positions: Float32Array.from([0, 0, 4, 1, 2, 2, 4, 2]),
    labels: ['Tasche', 'Schuh 👟', null, 'Schuh 👟'],
  });
  const file = read(bytes);
  expect(file).toMatchObject({
    ...{ magic: 'LKMP', version: 1, labelCount: 2 },
    steps: [3, 1, 6, 69_990],
    labels: [2, 1, 0, 1],
    table: ['Schuh 👟', 'Tasche'],
  });
  expect(file.tableLength).toBe(file.tableBytes);
  expect(bytes.byteLength).toBe(HEADER + 4 * 9 + file.tableBytes);
});

it('both axes are in one unit: the longer fills the square, the shorter is in its middle, y down', () => {
  const { x, y } = read(
    encodeMapPoints({
      imageIds: Int32Array.from([1, 2, 3]),
      positions: Float32Array.from([-2, 0, 2, 1, 0, 2]),
      labels: [null, null, null],
    }),
  );
  expect(x).toEqual([0, 65_535, 32_768]);
  expect(y).toEqual([49_151, 32_768, 16_384]);
});

it.each([
  ['none', 0],
  ['one', 1],
  ['several in one place', 3],
])('of points there may be %s', (_, count) => {
  const { steps, x, y } = read(
    encodeMapPoints({
      imageIds: Int32Array.from({ length: count }, (__, at) => at + 1),
      positions: new Float32Array(count * 2).fill(7),
      labels: Array<null>(count).fill(null),
    }),
  );
  expect(steps).toHaveLength(count);
  expect(new Set([...x, ...y])).toEqual(new Set(count > 0 ? [32_768] : []));
});

it('of more labels than are told apart, the rarest are one', () => {
  const labels = Array.from({ length: MAP_LABELS + 2 }, (_, at) => `label ${at}`);
  const twice = [...labels, ...labels.slice(2)];
  const file = read(
    encodeMapPoints({
      imageIds: Int32Array.from(twice, (_, at) => at + 1),
      positions: new Float32Array(twice.length * 2),
      labels: twice,
    }),
  );
  expect(file.table).toHaveLength(MAP_LABELS);
  expect(file.labels.slice(0, 2)).toEqual([255, 255]);
  expect(Math.min(...file.labels.slice(2))).toBe(1);
  expect(file.table[(file.labels[2] ?? 0) - 1]).toBe('label 2');
});
