import { seededRandom } from '../../../server/domain/random.js';

const CLUSTERS = 2000;
/** How far the vectors of a cluster lie from its middle, beside how far the middles lie apart. */
const SPREAD = 0.6;

/**
 * Vectors in clusters, as embeddings of pictures lie, the same for the same numbers: the first rows of
 * more vectors are those of fewer. @returns [count, dimension]
 */
export function clusteredVectors(count: number, dimension: number): Float32Array {
  const random = seededRandom(11);
  const middles = Float32Array.from({ length: CLUSTERS * dimension }, () => bell(random));
  const vectors = new Float32Array(count * dimension);
  for (let row = 0; row < count; row += 1) {
    const middle = Math.floor(random() * CLUSTERS) * dimension;
    for (let place = 0; place < dimension; place += 1) {
      vectors[row * dimension + place] = (middles[middle + place] ?? 0) + SPREAD * bell(random);
    }
  }
  return vectors;
}

/** Near a normal distribution of mean 0 and variance 1: the sum of three even ones. */
function bell(random: () => number): number {
  return (random() + random() + random() - 1.5) * 2;
}
