/** Cells on each side of the grid: 60,000 points are four a cell. */
const CELLS = 128;

/** Finds the point nearest to a place: the points by the cell of a grid that they lie in. */
export class NearestPoint {
  /** Where the points of each cell begin in `points`, and where the last end. */
  private readonly starts = new Uint32Array(CELLS * CELLS + 1);
  private readonly points: Uint32Array;

  /** @param places in the unit square, [count, 2] */
  constructor(private readonly places: Float32Array) {
    const count = places.length / 2;
    this.points = new Uint32Array(count);
    const cells = Uint32Array.from({ length: count }, (_, point) => this.cellOf(point));
    for (const cell of cells) this.starts[cell + 1] = (this.starts[cell + 1] ?? 0) + 1;
    for (let cell = 0; cell < CELLS * CELLS; cell += 1) {
      this.starts[cell + 1] = (this.starts[cell + 1] ?? 0) + (this.starts[cell] ?? 0);
    }
    const next = this.starts.slice();
    cells.forEach((cell, point) => {
      this.points[next[cell] ?? 0] = point;
      next[cell] = (next[cell] ?? 0) + 1;
    });
  }

  /** The nearest at most so far away among those that are shown; null where there is none. */
  find(
    x: number,
    y: number,
    reach: number,
    isShown: (point: number) => boolean = () => true,
  ): number | null {
    let nearest: number | null = null;
    let least = reach * reach;
    const [left, right] = [cellAt(x - reach), cellAt(x + reach)];
    const [top, bottom] = [cellAt(y - reach), cellAt(y + reach)];
    for (let row = top; row <= bottom; row += 1) {
      const start = this.starts[row * CELLS + left] ?? 0;
      const end = this.starts[row * CELLS + right + 1] ?? 0;
      for (let at = start; at < end; at += 1) {
        const point = this.points[at] ?? 0;
        const across = (this.places[point * 2] ?? 0) - x;
        const down = (this.places[point * 2 + 1] ?? 0) - y;
        const square = across * across + down * down;
        if (square > least || !isShown(point)) continue;
        least = square;
        nearest = point;
      }
    }
    return nearest;
  }

  private cellOf(point: number): number {
    return cellAt(this.places[point * 2 + 1] ?? 0) * CELLS + cellAt(this.places[point * 2] ?? 0);
  }
}

function cellAt(place: number): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(place * CELLS)));
}
