import { labelColour } from './map-colours';
import { OTHER_LABEL, type MapPoints } from './map-points';
import type { MapView, Size } from './map-view';

/** What is painted, and how. */
export interface MapPicture {
  readonly points: MapPoints;
  /** Labels that are not shown. */
  readonly hidden: ReadonlySet<number>;
  /** Marks of the selected points; null where none are: all are then as bright. */
  readonly selected: Uint8Array | null;
  /** In pixels of the picture. */
  readonly view: MapView;
  /** Pixels of the picture a pixel of the page. */
  readonly density: number;
}

/** Share of their colour that points beside the selected ones keep. */
const FADED = 0.18;
const SMALLEST = 1.1;
const LARGEST = 5;

/** Half the width of a point, growing as one looks nearer. */
export function pointRadius({ scale }: MapView, { width, height }: Size, density: number): number {
  const zoom = (scale / Math.max(1, Math.min(width, height))) ** 0.45;
  return Math.min(LARGEST, SMALLEST * Math.max(1, zoom)) * density;
}

/**
 * Paints the points over transparent pixels, straight into memory: 60,000 take a few milliseconds, with
 * no canvas call for any of them.
 * @param pixels RGBA as little-endian 32-bit numbers, [height, width]
 */
export function paintPoints(pixels: Uint32Array, size: Size, picture: MapPicture): void {
  pixels.fill(0);
  const spans = discSpans(pointRadius(picture.view, size, picture.density));
  const { selected } = picture;
  if (!selected) paintSome(pixels, size, picture, spans, 1, () => true);
  else {
    paintSome(pixels, size, picture, spans, FADED, (point) => selected[point] === 0);
    // On top, so that none of them is covered.
    paintSome(pixels, size, picture, spans, 1, (point) => selected[point] !== 0);
  }
}

function paintSome(
  pixels: Uint32Array,
  { width, height }: Size,
  { points, hidden, view }: MapPicture,
  spans: readonly number[],
  opacity: number,
  isWanted: (point: number) => boolean,
): void {
  const { places, labels, count } = points;
  const { scale, left, top } = view;
  const colours = palette(hidden, opacity);
  const reach = (spans.length - 1) / 2;
  for (let point = 0; point < count; point += 1) {
    const colour = colours[labels[point] ?? 0] ?? 0;
    if (colour === 0 || !isWanted(point)) continue;
    const x = Math.round((places[point * 2] ?? 0) * scale + left);
    const y = Math.round((places[point * 2 + 1] ?? 0) * scale + top);
    if (x < -reach || y < -reach || x >= width + reach || y >= height + reach) continue;
    for (let down = -reach; down <= reach; down += 1) {
      const row = y + down;
      if (row < 0 || row >= height) continue;
      const half = spans[down + reach] ?? 0;
      const start = row * width + Math.max(0, x - half);
      pixels.fill(colour, start, row * width + Math.min(width, x + half + 1));
    }
  }
}

/** The colour of every label as a pixel; 0, which is transparent, of those that are hidden. */
function palette(hidden: ReadonlySet<number>, opacity: number): Uint32Array {
  return Uint32Array.from({ length: OTHER_LABEL + 1 }, (_, label) => {
    if (hidden.has(label)) return 0;
    const [red, green, blue] = labelColour(label);
    return ((Math.round(255 * opacity) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** Of each row of a disc, from its top: pixels from the middle to the edge. */
function discSpans(radius: number): number[] {
  const reach = Math.max(0, Math.round(radius - 0.35));
  return Array.from({ length: 2 * reach + 1 }, (_, row) => {
    const down = Math.abs(row - reach);
    return Math.round(Math.sqrt(Math.max(0, radius * radius - down * down)) - 0.35);
  });
}
