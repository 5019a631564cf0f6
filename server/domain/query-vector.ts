import { LookalikeError } from './errors.js';

/** What a negative example counts for, against 1 for a positive one. */
const NEGATIVE_WEIGHT = 0.5;
/** A length that differs by less from 1 differs by the rounding of 32 bits alone. */
const ROUNDING = 1e-6;
/** Below this length what is left of the examples is rounding. */
const NO_DIRECTION = 1e-5;

/**
 * The vector at length 1; a vector of zeros, which has no direction, stays as it is.
 * @param into where it is written: one that is kept, or the vector itself, saves a new one
 */
export function unitVector(
  vector: Float32Array,
  into: Float32Array = new Float32Array(vector.length),
): Float32Array {
  const length = lengthOf(vector);
  const scale = length === 0 ? 1 : 1 / length;
  for (let axis = 0; axis < vector.length; axis += 1) into[axis] = (vector[axis] ?? 0) * scale;
  return into;
}

/**
 * One query of several examples, after Rocchio ("Relevance feedback in information retrieval", in
 * Salton, The SMART Retrieval System, 1971): the mean of the positive ones less half the mean of the
 * negative ones, each at length 1, so that all count alike. An example that is given twice counts
 * twice.
 * @param positives at least one, all of one length
 * @returns a vector at length 1, or all zeros; the only example itself where it is that
 * @throws LookalikeError VECTOR_INVALID when the examples cancel each other out
 */
export function queryVector(
  positives: readonly Float32Array[],
  negatives: readonly Float32Array[],
): Float32Array {
  const [first, ...others] = positives;
  const isOne = others.length === 0 && negatives.length === 0;
  if (first && isOne) return Math.abs(lengthOf(first) - 1) < ROUNDING ? first : unitVector(first);
  const sum = new Float32Array(first?.length ?? 0);
  for (const vector of positives) addTo(sum, unitVector(vector), 1 / positives.length);
  for (const vector of negatives) {
    addTo(sum, unitVector(vector), -NEGATIVE_WEIGHT / negatives.length);
  }
  const anyDirection = [...positives, ...negatives].some((vector) => lengthOf(vector) > 0);
  if (anyDirection && lengthOf(sum) < NO_DIRECTION) {
    throw new LookalikeError(
      'VECTOR_INVALID',
      'The positive and negative examples of a query cancel each other out, and leave no ' +
        'direction to search in. Leave one of them out.',
    );
  }
  return unitVector(sum, sum);
}

/**
 * A vector that somebody wrote down, as a query.
 * @throws LookalikeError VECTOR_INVALID unless it has `length` numbers, finite and not all zero
 */
export function checkedVector(values: readonly number[], length: number): Float32Array {
  const fault =
    values.length !== length
      ? `has ${values.length} numbers; the embeddings of this model have ${length}`
      : faultOf(Float32Array.from(values));
  if (fault) throw new LookalikeError('VECTOR_INVALID', `A query vector ${fault}.`);
  return Float32Array.from(values);
}

function faultOf(vector: Float32Array): string | null {
  const length = lengthOf(vector);
  if (!Number.isFinite(length)) return 'has a number that is not finite, or far too large';
  return length === 0 ? 'is all zeros, and so has no direction' : null;
}

function lengthOf(vector: Float32Array): number {
  let squares = 0;
  for (let axis = 0; axis < vector.length; axis += 1) {
    const value = vector[axis] ?? 0;
    squares += value * value;
  }
  return Math.sqrt(squares);
}

function addTo(sum: Float32Array, vector: Float32Array, weight: number): void {
  for (let axis = 0; axis < sum.length; axis += 1) {
    sum[axis] = (sum[axis] ?? 0) + (vector[axis] ?? 0) * weight;
  }
}
