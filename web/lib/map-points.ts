/** The points of an embedding map, read from the file the server sends. */
export interface MapPoints {
  readonly count: number;
  /** Ids of the images, ascending. */
  readonly imageIds: Uint32Array;
  /** Places in the unit square, [count, 2]: x to the right, y down. */
  readonly places: Float32Array;
  /** Of each point: 0 is none, 255 one that has no name here, else a place in `names`, from 1. */
  readonly labels: Uint8Array;
  readonly names: readonly string[];
}

export const NO_LABEL = 0;
export const OTHER_LABEL = 255;
const HEADER_BYTES = 16;
const GREATEST = 65_535;

/**
 * Reads the columns of the file: steps of ids, x, y, labels, and the table of names (the server's
 * `encodeMapPoints` describes them). Null where it is no such file.
 */
export function readMapPoints(buffer: ArrayBuffer): MapPoints | null {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_BYTES || view.getUint32(0) !== 0x4c4b4d50) return null;
  if (view.getUint16(4, true) !== 1) return null;
  const count = view.getUint32(8, true);
  const tableBytes = view.getUint32(12, true);
  const table = HEADER_BYTES + count * 9;
  if (buffer.byteLength !== table + tableBytes) return null;
  const [x, y, label] = [
    HEADER_BYTES + count * 4,
    HEADER_BYTES + count * 6,
    HEADER_BYTES + count * 8,
  ];
  const imageIds = new Uint32Array(count);
  const places = new Float32Array(count * 2);
  let id = 0;
  for (let point = 0; point < count; point += 1) {
    id += view.getUint32(HEADER_BYTES + point * 4, true);
    imageIds[point] = id;
    places[point * 2] = view.getUint16(x + point * 2, true) / GREATEST;
    places[point * 2 + 1] = view.getUint16(y + point * 2, true) / GREATEST;
  }
  const names = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, table))) as string[];
  return { count, imageIds, places, labels: new Uint8Array(buffer, label, count), names };
}

/** Labels with how many of the given points (of all by default) bear them, the most frequent first. */
export function labelCounts(
  { labels, count }: Pick<MapPoints, 'labels' | 'count'>,
  points?: readonly number[],
): { readonly label: number; readonly count: number }[] {
  const counts = new Uint32Array(OTHER_LABEL + 1);
  const add = (point: number) => {
    const label = labels[point] ?? NO_LABEL;
    counts[label] = (counts[label] ?? 0) + 1;
  };
  if (points) points.forEach(add);
  else for (let point = 0; point < count; point += 1) add(point);
  return Array.from(counts, (of, label) => ({ label, count: of }))
    .filter((each) => each.count > 0)
    .sort((one, other) => other.count - one.count || one.label - other.label);
}

/** A label in words. */
export function labelName(names: readonly string[], label: number): string {
  if (label === NO_LABEL) return 'No label';
  return label === OTHER_LABEL ? 'Other labels' : (names[label - 1] ?? 'Other labels');
}
