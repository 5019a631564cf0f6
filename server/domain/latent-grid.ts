import { LookalikeError } from './errors.js';
import type { Model } from './model.js';

/** How an embedding lies over the picture: [rows, columns, channels], channels last. */
export interface LatentGrid {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/**
 * The grid that a model's embeddings are, which is what its encoder ends in.
 * @throws LookalikeError EXPLANATION_IMPOSSIBLE when that is no grid
 */
export function latentGridOf(
  model: Pick<Model, 'layers' | 'latentSize' | 'architecture'>,
): LatentGrid {
  const shape = model.layers.findLast(({ part }) => part === 'ENCODER')?.outputShape ?? [];
  const [rows = 0, columns = 0, channels = 0] = shape;
  if (shape.length === 3 && rows * columns * channels === model.latentSize) {
    return { rows, columns, channels };
  }
  throw new LookalikeError(
    'EXPLANATION_IMPOSSIBLE',
    `The encoder of ${model.architecture} ends in [${shape.join(', ')}], which is no grid of ` +
      `${model.latentSize} numbers over the picture: there is no map to draw.`,
  );
}

/**
 * What each cell of the grid adds to the cosine similarity of two embeddings, row by row: the sum
 * over its channels of their products, over the product of both lengths. All cells together make
 * up the similarity; it is 0, and so is every cell, where an embedding is all zeros.
 */
export function agreementOf(grid: LatentGrid, one: Float32Array, other: Float32Array): number[] {
  const lengths = Math.sqrt(dot(one, one, 0, one.length) * dot(other, other, 0, other.length));
  return Array.from({ length: grid.rows * grid.columns }, (_, cell) => {
    const start = cell * grid.channels;
    return lengths === 0 ? 0 : dot(one, other, start, start + grid.channels) / lengths;
  });
}

function dot(one: Float32Array, other: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let axis = start; axis < end; axis += 1) sum += (one[axis] ?? 0) * (other[axis] ?? 0);
  return sum;
}
