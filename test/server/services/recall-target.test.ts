import { describe, expect, it } from 'vitest';
import { restoreHyperparameters } from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import { recallAt } from '../../../server/domain/recall-curve.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { buildIndex } from '../../../server/services/index-building.js';
import type { VectorRows } from '../../../server/services/recall-measuring.js';
import { exactNearest, randomEmbeddings } from '../../contract/vectors.js';
import { openStores } from './stores.js';

const DIMENSION = 24;
const NOTHING: VectorRows = { imageIds: [], vectors: new Float32Array() };
const silent = () => Promise.resolve();

function rows(count: number, seed: number, firstId: number): VectorRows {
  const ids = Array.from({ length: count }, (_, at) => firstId + at * 2);
  return rowsOf(randomEmbeddings(ids, DIMENSION, seed));
}

function rowsOf(embeddings: readonly { imageId: number; vector: Float32Array }[]): VectorRows {
  const vectors = new Float32Array(embeddings.length * DIMENSION);
  embeddings.forEach(({ vector }, row) => {
    vectors.set(vector, row * DIMENSION);
  });
  return { imageIds: embeddings.map(({ imageId }) => imageId), vectors };
}

function embeddingsOf(base: VectorRows) {
  return base.imageIds.map((imageId, at) => ({
    imageId,
    vector: base.vectors.subarray(at * DIMENSION, (at + 1) * DIMENSION),
    reconstructionError: null,
  }));
}

async function built(
  base: VectorRows,
  heldOut: VectorRows,
  dials: Readonly<Record<string, number>>,
) {
  const { indexes } = await openStores();
  const hyperparameters = { m: 8, efConstruction: 40, ...dials };
  const order = { split: 'TRAIN', hyperparameters, dimension: DIMENSION, base, heldOut } as const;
  const row = await buildIndex(indexes, createExactSearch, order, silent);
  return { row, index: await indexes.open(row.id) };
}

describe('an index that is to reach a recall', () => {
  it('is searched with the smallest ef that does, as counting by hand confirms', async () => {
    const [base, heldOut] = [rows(3000, 1, 1), rows(150, 2, 2)];
    const { row, index } = await built(base, heldOut, { recallTarget: 0.9 });
    const embeddings = embeddingsOf(base);
    const recallOf = (ef: number) => {
      const shares = heldOut.imageIds.map((_, at) => {
        const query = heldOut.vectors.subarray(at * DIMENSION, (at + 1) * DIMENSION);
        const exact = new Set(exactNearest(query, embeddings, 10));
        return index.search(query, 10, ef).filter((hit) => exact.has(hit.imageId)).length / 10;
      });
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    };
    expect(row.recallTarget).toBe(0.9);
    expect(recallAt(row.recallCurve, row.efSearch)).toBeCloseTo(recallOf(row.efSearch), 6);
    expect(recallOf(row.efSearch)).toBeGreaterThanOrEqual(0.9);
    expect(recallOf(row.efSearch - 1)).toBeLessThan(0.9);
    expect(row.recallCurve.every(({ microseconds }) => microseconds > 0)).toBe(true);
  });

  it('is measured on its own images where none are held out, which do not count themselves', async () => {
    const base = rows(900, 3, 1);
    const { row, index } = await built(base, NOTHING, { recallTarget: 0.9 });
    const embeddings = embeddingsOf(base);
    const shares = embeddings.map(({ imageId, vector }) => {
      const others = embeddings.filter((each) => each.imageId !== imageId);
      const exact = new Set(exactNearest(vector, others, 10));
      return index.search(vector, 11, 10).filter((hit) => exact.has(hit.imageId)).length / 10;
    });
    const recall = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(recall).toBeLessThan(1);
    expect(recallAt(row.recallCurve, 10)).toBeCloseTo(recall, 6);
  });

  it('is not said to miss pictures of which there are many equal ones', async () => {
    const [one, other] = randomEmbeddings([0, 1], DIMENSION, 4);
    const vectors = [one?.vector, other?.vector];
    const copies = Array.from({ length: 400 }, (_, at) => ({
      imageId: at + 1,
      vector: vectors[at % 2] ?? new Float32Array(DIMENSION),
    }));
    const { row } = await built(rowsOf(copies), NOTHING, { recallTarget: 0.99 });
    expect(recallAt(row.recallCurve, row.efSearch)).toBe(1);
  });

  it.each([0, 1])('of %i images is not measured, and can be searched', async (count) => {
    const { row, index } = await built(rows(count, 5, 1), NOTHING, { recallTarget: 0.99 });
    expect(row).toMatchObject({ size: count, recallTarget: 0.99, recallCurve: [], efSearch: 64 });
    expect(index.search(new Float32Array(DIMENSION).fill(1), 5, row.efSearch)).toHaveLength(count);
  });
});

describe('a model from before there were recall targets', () => {
  it('is indexed with the ef that it was made with', async () => {
    const { row } = await built(rows(50, 6, 1), rows(5, 7, 2), { efSearch: 77 });
    expect(row).toMatchObject({ efSearch: 77, recallTarget: null, recallCurve: [] });
  });

  it('comes out of a bundle with its own dials', () => {
    const old = { epochs: 5, efConstruction: 200, efSearch: 77 };
    const restored = restoreHyperparameters(convAutoencoder, old);
    expect(restored).toMatchObject(old);
    expect(restored).not.toHaveProperty('recallTarget');
    expect(restored).toHaveProperty('batchSize', 400);
    expect(() => restoreHyperparameters(convAutoencoder, { efSearch: 0 })).toThrow(/efSearch/);
  });

  it('is told from one of today', () => {
    expect(restoreHyperparameters(convAutoencoder, {})).toHaveProperty('recallTarget', 0.99);
    const both = { efSearch: 64, recallTarget: 0.9 };
    expect(() => restoreHyperparameters(convAutoencoder, both)).toThrow(/"efSearch" is not/);
  });
});
