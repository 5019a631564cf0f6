/**
 * Writes the vector at length 1, or as it is where it is all zeros; `unitVector` without anything
 * new in memory, for every insert and every search comes here.
 */
export function writeUnit(vector: Float32Array, into: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = squares === 0 ? 1 : 1 / Math.sqrt(squares);
  for (let at = 0; at < vector.length; at += 1) into[at] = (vector[at] ?? 0) * scale;
}
