/**
 * Cosine distances of pairs of different rows, ascending: of all pairs where they are no more than
 * `pairs`, else of so many drawn at random. A row of zeros has no direction: it lies at 1 from all.
 * @param vectors [rows, dimension] row by row
 * @param random uniform in [0, 1)
 */
export function pairDistances(
  vectors: Float32Array,
  dimension: number,
  pairs: number,
  random: () => number,
): Float32Array {
  const rows = Math.floor(vectors.length / dimension);
  if (rows < 2) return new Float32Array();
  const distance = cosineDistanceIn(vectors, dimension);
  const all = (rows * (rows - 1)) / 2;
  const distances = new Float32Array(Math.min(pairs, all));
  if (all <= pairs) {
    for (let first = 0, place = 0; first < rows; first += 1) {
      for (let second = first + 1; second < rows; second += 1, place += 1) {
        distances[place] = distance(first, second);
      }
    }
    return distances.sort();
  }
  for (let place = 0; place < distances.length; place += 1) {
    const first = Math.floor(random() * rows);
    const other = Math.floor(random() * (rows - 1));
    distances[place] = distance(first, other < first ? other : other + 1);
  }
  return distances.sort();
}

function cosineDistanceIn(vectors: Float32Array, dimension: number) {
  const product = (first: number, second: number): number => {
    let sum = 0;
    for (let offset = 0; offset < dimension; offset += 1) {
      sum +=
        (vectors[first * dimension + offset] ?? 0) * (vectors[second * dimension + offset] ?? 0);
    }
    return sum;
  };
  const lengths = Float64Array.from({ length: Math.floor(vectors.length / dimension) }, (_, row) =>
    Math.sqrt(product(row, row)),
  );
  return (first: number, second: number): number => {
    const length = (lengths[first] ?? 0) * (lengths[second] ?? 0);
    // Rounding can put the distance of equal directions a hair below 0.
    return length === 0 ? 1 : Math.max(0, 1 - product(first, second) / length);
  };
}
