/** Images in the plane, in the order of their ids. */
export interface MapPoints {
  readonly imageIds: Int32Array;
  /** [count, 2] row by row, in any unit. */
  readonly positions: Float32Array;
  /** Of each image; null where it has none. */
  readonly labels: readonly (string | null)[];
}

/** Labels that the points tell apart, the most frequent; those beyond are one. */
export const MAP_LABELS = 254;
const NO_LABEL = 0;
const OTHER_LABEL = 255;
const HEADER_BYTES = 16;
const POINT_BYTES = 9;
const GREATEST = 65_535;

/**
 * The points as a compact file, 9 bytes each. Little-endian throughout, no padding, one column after
 * another, so that gzip finds what repeats:
 *
 * | bytes     | what                                                                               |
 * | --------- | ---------------------------------------------------------------------------------- |
 * | 4         | `LKMP`                                                                             |
 * | uint16    | version, 1                                                                         |
 * | uint16    | how many labels the table holds, up to 254                                         |
 * | uint32    | count: how many points follow                                                      |
 * | uint32    | length of the table of labels in bytes                                             |
 * | uint32[n] | ids of the images, ascending: each less the one before                             |
 * | uint16[n] | x, from 0 (left) to 65,535                                                         |
 * | uint16[n] | y, from 0 (top) to 65,535, in the same unit as x; the shorter side is in the middle |
 * | uint8[n]  | label: 0 is none, 1 to 254 a place in the table (from 1), 255 one that is not in it |
 * | rest      | the table: a JSON array of texts in UTF-8, the most frequent label first           |
 */
export function encodeMapPoints({ imageIds, positions, labels }: MapPoints): Uint8Array {
  const count = imageIds.length;
  const names = frequentLabels(labels);
  const table = new TextEncoder().encode(JSON.stringify(names));
  const bytes = new Uint8Array(HEADER_BYTES + count * POINT_BYTES + table.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([0x4c, 0x4b, 0x4d, 0x50]);
  view.setUint16(4, 1, true);
  view.setUint16(6, names.length, true);
  view.setUint32(8, count, true);
  view.setUint32(12, table.byteLength, true);
  const places = new Map(names.map((name, place) => [name, place + 1]));
  const plane = quantised(positions);
  const [x, y, label] = [4, 6, 8].map((bytesBefore) => HEADER_BYTES + count * bytesBefore);
  for (let point = 0; point < count; point += 1) {
    const before = point === 0 ? 0 : (imageIds[point - 1] ?? 0);
    view.setUint32(HEADER_BYTES + point * 4, (imageIds[point] ?? 0) - before, true);
    view.setUint16((x ?? 0) + point * 2, plane[point * 2] ?? 0, true);
    view.setUint16((y ?? 0) + point * 2, plane[point * 2 + 1] ?? 0, true);
    const name = labels[point] ?? null;
    bytes[(label ?? 0) + point] = name === null ? NO_LABEL : (places.get(name) ?? OTHER_LABEL);
  }
  bytes.set(table, HEADER_BYTES + count * POINT_BYTES);
  return bytes;
}

/** The most frequent first, equally frequent ones in the order of their code points. */
function frequentLabels(labels: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .slice(0, MAP_LABELS)
    .map(([label]) => label);
}

/** Both axes in one unit, so that the longer side fills 0 to 65,535; y turned to point down. */
function quantised(positions: Float32Array): Uint16Array {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  positions.forEach((value, at) => {
    low[at % 2] = Math.min(low[at % 2] ?? 0, value);
    high[at % 2] = Math.max(high[at % 2] ?? 0, value);
  });
  const sides = [0, 1].map((axis) => (high[axis] ?? 0) - (low[axis] ?? 0));
  const longer = Math.max(...sides);
  const scale = longer > 0 ? GREATEST / longer : 0;
  return Uint16Array.from(positions, (value, at) => {
    const axis = at % 2;
    const margin = (GREATEST - (sides[axis] ?? 0) * scale) / 2;
    const along = margin + (value - (low[axis] ?? 0)) * scale;
    return Math.round(Math.min(GREATEST, Math.max(0, axis === 0 ? along : GREATEST - along)));
  });
}
