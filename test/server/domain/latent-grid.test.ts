import { expect, it } from 'vitest';
import { agreementOf, latentGridOf } from '../../../server/domain/latent-grid.js';
import type { Layer } from '../../../server/domain/model.js';
import { cosineDistance, randomEmbeddings } from '../../contract/vectors.js';

const layer = (part: Layer['part'], outputShape: number[]): Layer => ({
  ...{ part, outputShape, name: 'layer', kind: 'Layer', parameterCount: 0 },
});
const modelWith = (latentSize: number, ...layers: Layer[]) => ({
  ...{ latentSize, layers, architecture: 'net' },
});

it('the grid is what the encoder ends in', () => {
  const layers = [layer('ENCODER', [8, 8, 2]), layer('ENCODER', [3, 4, 2])];
  const grid = latentGridOf(modelWith(24, ...layers, layer('DECODER', [6, 2, 2])));
  expect(grid).toEqual({ rows: 3, columns: 4, channels: 2 });
});

it.each([
  ['is flat', 24, [24]],
  ['has another size than the embedding', 24, [4, 4, 2]],
])('there is none where the end %s', (_, latentSize, shape) => {
  expect(() => latentGridOf(modelWith(latentSize, layer('ENCODER', shape)))).toThrow(
    expect.objectContaining({ code: 'EXPLANATION_IMPOSSIBLE' }),
  );
});

it('the cells add up to the similarity', () => {
  const [one, other] = randomEmbeddings([1, 2], 24, 8);
  if (!one || !other) throw new Error('There are two.');
  const cells = agreementOf({ rows: 3, columns: 4, channels: 2 }, one.vector, other.vector);
  expect(cells).toHaveLength(12);
  const sum = cells.reduce((total, cell) => total + cell, 0);
  expect(sum).toBeCloseTo(1 - cosineDistance(one.vector, other.vector), 6);
});

it('a cell counts what its own channels agree in, row by row', () => {
  const grid = { rows: 2, columns: 1, channels: 2 };
  const one = Float32Array.from([3, 0, 0, 4]);
  const other = Float32Array.from([3, 9, 0, -4]);
  const length = 5 * Math.hypot(3, 9, 4);
  const [top, bottom] = agreementOf(grid, one, other);
  expect(top).toBeCloseTo(9 / length, 6);
  expect(bottom).toBeCloseTo(-16 / length, 6);
});

it('nothing agrees with an embedding of zeros', () => {
  const grid = { rows: 1, columns: 1, channels: 2 };
  expect(agreementOf(grid, new Float32Array(2), Float32Array.from([1, 2]))).toEqual([0]);
});
