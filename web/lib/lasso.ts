/** A line that is drawn around points, closed by itself: [x, y] in the unit square, one after another. */
export type Lasso = readonly (readonly [number, number])[];

/**
 * The points inside, by the even-odd rule: a line from the point to the right crosses the lasso an odd
 * number of times.
 * @param places in the unit square, [count, 2]
 */
export function pointsInside(
  lasso: Lasso,
  places: Float32Array,
  isShown: (point: number) => boolean = () => true,
): number[] {
  const xs = lasso.map(([x]) => x);
  const ys = lasso.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const inside: number[] = [];
  for (let point = 0; point * 2 < places.length; point += 1) {
    const x = places[point * 2] ?? 0;
    const y = places[point * 2 + 1] ?? 0;
    if (x < left || x > right || y < top || y > bottom || !isShown(point)) continue;
    if (isInside(lasso, x, y)) inside.push(point);
  }
  return inside;
}

function isInside(lasso: Lasso, x: number, y: number): boolean {
  let inside = false;
  let [fromX, fromY] = lasso.at(-1) ?? [0, 0];
  for (const [toX, toY] of lasso) {
    const crosses = fromY > y !== toY > y;
    if (crosses && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside;
    [fromX, fromY] = [toX, toY];
  }
  return inside;
}
