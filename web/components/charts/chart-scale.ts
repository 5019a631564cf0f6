/** Room around the curve of a chart for its axes, in pixels. */
interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Where the values of a chart lie on it, in pixels from its upper left corner. */
export interface ChartScale {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The value that lies so far from the left. */
  readonly xAt: (pixels: number) => number;
}

/** The least and the greatest value of an axis. */
export type Range = readonly [number, number];

/** Lays out a chart of this size in pixels. A range of one value alone lies at the left and at the bottom. */
export function chartScale(
  { width, height, margin }: { width: number; height: number; margin: Margin },
  [xMin, xMax]: Range,
  [yMin, yMax]: Range,
): ChartScale {
  const [left, right] = [margin.left, width - margin.right];
  const bottom = height - margin.bottom;
  const perX = (right - left) / (xMax - xMin || 1);
  const perY = (bottom - margin.top) / (yMax - yMin || 1);
  return {
    left,
    right,
    bottom,
    x: (value) => left + (value - xMin) * perX,
    y: (value) => bottom - (value - yMin) * perY,
    xAt: (pixels) => (pixels - left) / perX + xMin,
  };
}

/** The range of some values with so much of its extent added below and above. */
export function paddedRange(values: readonly number[], share: number, extentOfOne: number): Range {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low || extentOfOne) * share;
  return [low - pad, high + pad];
}
