/** Which part of the unit square is seen, and how large: screen = place * scale + offset, in pixels. */
export interface MapView {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between the outermost points and the edge, when all is seen. */
const MARGIN = 16;
/** How much nearer than all at once one can look. */
const MAX_ZOOM = 200;

/** All of the square, in the middle. */
export function wholeView({ width, height }: Size): MapView {
  const scale = Math.max(1, Math.min(width, height) - 2 * MARGIN);
  return { scale, left: (width - scale) / 2, top: (height - scale) / 2 };
}

/** Nearer (factor above 1) or further, so that what lies under a pixel stays there. */
export function zoomed(view: MapView, size: Size, x: number, y: number, factor: number): MapView {
  const { scale: whole } = wholeView(size);
  const scale = Math.min(whole * MAX_ZOOM, Math.max(whole, view.scale * factor));
  const ratio = scale / view.scale;
  return kept({ scale, left: x - (x - view.left) * ratio, top: y - (y - view.top) * ratio }, size);
}

/** Moved by so many pixels. */
export function panned(view: MapView, size: Size, right: number, down: number): MapView {
  return kept({ ...view, left: view.left + right, top: view.top + down }, size);
}

type Pair = readonly [readonly [number, number], readonly [number, number]];

/**
 * As two fingers move it, from a pair of pixels to another: what lies between them stays there, and grows
 * by as much as they go apart.
 */
export function pinched(view: MapView, size: Size, from: Pair, to: Pair): MapView {
  const [x, y] = middleOf(from);
  const [toX, toY] = middleOf(to);
  const nearer = zoomed(view, size, x, y, distanceOf(to) / distanceOf(from));
  return panned(nearer, size, toX - x, toY - y);
}

function middleOf([one, other]: Pair): readonly [number, number] {
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}

/** At least a pixel: fingers that touch are no place to start from. */
function distanceOf([one, other]: Pair): number {
  return Math.max(1, Math.hypot(one[0] - other[0], one[1] - other[1]));
}

/** The same part in a frame of another size. */
export function resized(view: MapView, from: Size, to: Size): MapView {
  const ratio = wholeView(to).scale / wholeView(from).scale;
  const [x, y] = [(from.width / 2 - view.left) * ratio, (from.height / 2 - view.top) * ratio];
  const scale = view.scale * ratio;
  return kept({ scale, left: to.width / 2 - x, top: to.height / 2 - y }, to);
}

/** The middle of the frame stays on the square, so that nobody gets lost. */
function kept({ scale, left, top }: MapView, { width, height }: Size): MapView {
  const within = (offset: number, middle: number) =>
    Math.min(middle, Math.max(middle - scale, offset));
  return { scale, left: within(left, width / 2), top: within(top, height / 2) };
}

/** Where a pixel lies in the unit square. */
export function placeAt(view: MapView, x: number, y: number): readonly [number, number] {
  return [(x - view.left) / view.scale, (y - view.top) / view.scale];
}
