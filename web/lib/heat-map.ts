/** What the cells of the latent grid add to a similarity, as colours and in words. */

/** The strongest colour of a cell still lets the picture through. */
const OPAQUE = 0.75;

/** How strongly a cell is painted, 0 to 0.75, against the largest of all. */
export function strengthsOf(agreement: readonly number[]): number[] {
  const largest = agreement.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return agreement.map((value) => (largest === 0 ? 0 : (Math.abs(value) / largest) * OPAQUE));
}

/** `+0.042`, `−0.003` */
export function formatContribution(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** `Row 2, column 3: +0.042, 5% of the similarity` */
export function cellWords(
  place: number,
  columns: number,
  value: number,
  similarity: number,
): string {
  const [row, column] = [Math.floor(place / columns) + 1, (place % columns) + 1];
  const share =
    similarity > 0 ? `, ${Math.round((value / similarity) * 100)}% of the similarity` : '';
  return `Row ${row}, column ${column}: ${formatContribution(value)}${share}`;
}

/** The cell that an arrow key leads to; the same one at an edge, null for other keys. */
export function cellAfterKey(
  key: string,
  place: number,
  columns: number,
  rows: number,
): number | null {
  const [row, column] = [Math.floor(place / columns), place % columns];
  const steps: Record<string, readonly [number, number]> = {
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
  };
  const to = steps[key];
  if (!to) return null;
  const [toRow, toColumn] = to;
  const outside = toRow < 0 || toRow >= rows || toColumn < 0 || toColumn >= columns;
  return outside ? place : toRow * columns + toColumn;
}

/** The similarity as what it is made of: `0.912 = 0.930 from 14 cells that agree − 0.018 from 2 that differ` */
export function sumWords(agreement: readonly number[], similarity: number): string {
  const agreeing = agreement.filter((value) => value > 0);
  const differing = agreement.filter((value) => value < 0);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const minus =
    differing.length > 0
      ? ` − ${Math.abs(sum(differing)).toFixed(3)} from ${differing.length} that differ`
      : '';
  return `${similarity.toFixed(3)} = ${sum(agreeing).toFixed(3)} from ${agreeing.length} cells that agree${minus}`;
}
