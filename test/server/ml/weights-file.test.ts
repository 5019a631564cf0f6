import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InputSpec } from '../../../server/domain/model.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { readWeightsFile, writeWeightsFile } from '../../../server/ml/weights-file.js';
import type { WeightsFile } from '../../../server/ml/weights-file.js';
import type { NetworkRecipe } from '../../../server/ports/networks.js';
import { drawnPictures, FASHION_INPUT, recipeOf, unwatched } from './pictures.js';

const networks = await createNetworks();
const recipe = recipeOf({ batchSize: 20 });
const pictures = drawnPictures(40, FASHION_INPUT);

const file: WeightsFile = {
  kind: 'CHECKPOINT',
  recipe,
  origin: 'run 7',
  epoch: 3,
  step: 450,
  tensors: [
    { name: 'a', shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 1e-30, 1e30, -0) },
    { name: 'empty', shape: [0], values: new Float32Array() },
    { name: 'scalar', shape: [], values: Float32Array.of(Math.PI) },
  ],
};

/** The bytes with the checksum made right again, so that the checks behind it are reached. */
function sealed(bytes: Uint8Array): Uint8Array {
  const covered = bytes.subarray(0, bytes.byteLength - 32);
  bytes.set(createHash('sha256').update(covered).digest(), covered.byteLength);
  return bytes;
}

/** The file as it was written when an input was no more than a size. */
function writtenBefore(bytes: Uint8Array): Uint8Array {
  const read = readWeightsFile(bytes);
  const { width, height, channels } = read.recipe.input;
  const input = { width, height, channels } as InputSpec;
  return writeWeightsFile({ ...read, recipe: { ...read.recipe, input } });
}

describe('a weights file', () => {
  it('is read as it was written, from any place in memory', () => {
    const bytes = writeWeightsFile(file);
    expect(readWeightsFile(bytes)).toEqual(file);
    const shifted = new Uint8Array(bytes.byteLength + 1);
    shifted.set(bytes, 1);
    expect(readWeightsFile(shifted.subarray(1))).toEqual(file);
    // Files are read into Buffers, whose slice is a view where a Uint8Array's is a copy.
    expect(readWeightsFile(Buffer.from(bytes))).toEqual(file);
  });

  it('has the same bytes for the same content, and others for another origin', () => {
    expect(writeWeightsFile(file)).toEqual(writeWeightsFile(file));
    expect(writeWeightsFile({ ...file, origin: 'run 8' })).not.toEqual(writeWeightsFile(file));
  });

  it('is refused with any one byte changed', () => {
    const bytes = writeWeightsFile(file);
    for (let at = 0; at < bytes.byteLength; at += 1) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(() => readWeightsFile(damaged)).toThrow(
        expect.objectContaining({ code: 'CHECKPOINT_CORRUPT' }),
      );
    }
  });

  it('is refused at any shorter length, and with a byte more', () => {
    const bytes = writeWeightsFile(file);
    for (let length = 0; length < bytes.byteLength; length += 1) {
      expect(() => readWeightsFile(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'CHECKPOINT_CORRUPT' }),
      );
    }
    expect(() => readWeightsFile(Uint8Array.of(...bytes, 0))).toThrow(/damaged or cut short/);
  });

  it.each([
    ['bytes of another kind', () => new TextEncoder().encode('PK'.repeat(60)), /do not begin/],
    ['no bytes', () => new Uint8Array(), /cut short: 0 bytes/],
    [
      'another version',
      () => {
        const bytes = writeWeightsFile(file);
        bytes[8] = 2;
        return sealed(bytes);
      },
      /version 2/,
    ],
    [
      'a header longer than the file',
      () => {
        const bytes = writeWeightsFile(file);
        new DataView(bytes.buffer).setUint32(12, 0xfffffff0, true);
        return sealed(bytes);
      },
      /header is longer/,
    ],
    [
      'a header that is no JSON',
      () => {
        const bytes = writeWeightsFile(file);
        bytes[16] = 0x7d;
        return sealed(bytes);
      },
      /not JSON/,
    ],
    [
      'a shape larger than its values',
      () => {
        const [tensor] = file.tensors;
        const tensors = tensor ? [{ ...tensor, shape: [2 ** 20, 2 ** 20] }] : [];
        return writeWeightsFile({ ...file, tensors });
      },
      /not where the header says/,
    ],
    [
      'values that no tensor claims',
      () => {
        const [tensor] = file.tensors;
        const tensors = tensor ? [{ ...tensor, shape: [2] }] : [];
        return writeWeightsFile({ ...file, tensors });
      },
      /24 bytes of values instead of 8/,
    ],
    [
      'a fit that is no word',
      () => {
        const input = { ...FASHION_INPUT, fit: 3 as unknown as 'COVER' };
        return writeWeightsFile({ ...file, recipe: { ...recipe, input } });
      },
      /lacks a field, or has one of a wrong kind/,
    ],
    [
      'a negative epoch',
      () => writeWeightsFile({ ...file, epoch: -1 }),
      /lacks a field, or has one of a wrong kind/,
    ],
  ])('is refused with words on what is wrong: %s', (_, make, words) => {
    expect(() => readWeightsFile(make())).toThrow(words);
  });
});

describe("a network's files", () => {
  let checkpoint: Uint8Array;
  let weights: Uint8Array;
  let embeddings: Float32Array;

  beforeAll(async () => {
    const network = networks.create(recipe);
    await network.trainEpoch(pictures, unwatched);
    checkpoint = await network.checkpoint('test');
    weights = await network.weights('test');
    embeddings = await network.encode(pictures);
    network.dispose();
  });

  it('bring the same network back', async () => {
    for (const network of [networks.load(recipe, weights), networks.resume(recipe, checkpoint)]) {
      expect(await network.encode(pictures)).toEqual(embeddings);
      expect(await network.weights('test')).toEqual(weights);
      network.dispose();
    }
  });

  it('written before pictures could be fitted bring the same network back', async () => {
    for (const [bytes, bring] of [
      [weights, networks.load],
      [checkpoint, networks.resume],
    ] as const) {
      const network = bring(recipe, writtenBefore(bytes));
      expect(network.input).toEqual(FASHION_INPUT);
      expect(await network.encode(pictures)).toEqual(embeddings);
      expect(await network.weights('test')).toEqual(weights);
      network.dispose();
    }
  });

  it.each<[string, Partial<InputSpec>, RegExp]>([
    ['fit', { fit: 'COVER' }, /input fit CONTAIN instead of COVER/],
    ['background', { background: '#ffffff' }, /input background #000000 instead of #ffffff/],
    ['scaling', { scaling: 'CONTRAST' }, /input scaling UNIT instead of CONTRAST/],
  ])('are refused for another %s, also those that lack it', (_, change, words) => {
    const other = recipeOf({ batchSize: 20 }, { ...FASHION_INPUT, ...change });
    expect(() => networks.load(other, weights)).toThrow(words);
    expect(() => networks.load(other, writtenBefore(weights))).toThrow(words);
  });

  it('do not stand for one another', () => {
    expect(() => networks.load(recipe, checkpoint)).toThrow(/a CHECKPOINT where a WEIGHTS/);
    expect(() => networks.resume(recipe, weights)).toThrow(/a WEIGHTS where a CHECKPOINT/);
  });

  it.each<[string, NetworkRecipe, RegExp]>([
    ['seed', recipeOf({ batchSize: 20, seed: 9 }), /seed 1 instead of 9/],
    [
      'input',
      recipeOf({ batchSize: 20 }, { ...FASHION_INPUT, width: 32 }),
      /input width 28 instead of 32/,
    ],
  ])('are refused for a recipe of another %s', (_, other, words) => {
    expect(() => networks.resume(other, checkpoint)).toThrow(words);
    expect(() => networks.load(other, weights)).toThrow(words);
  });

  it('are refused as a model when a number in them is none', () => {
    const read = readWeightsFile(weights);
    const [first, ...rest] = read.tensors;
    for (const broken of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const values = first?.values.with(5, broken) ?? new Float32Array();
      const tensors = first ? [{ ...first, values }, ...rest] : rest;
      const bytes = writeWeightsFile({ ...read, tensors });
      expect(() => networks.load(recipe, bytes)).toThrow(/a number in them is not finite/);
    }
  });

  it('are refused when a tensor is missing or has another shape', () => {
    const read = readWeightsFile(weights);
    const [first, ...rest] = read.tensors;
    const without = writeWeightsFile({ ...read, tensors: rest });
    expect(() => networks.load(recipe, without)).toThrow(/lack "conv1"/);
    const reshaped = first ? [{ ...first, shape: [9, 16] }, ...rest] : rest;
    const other = writeWeightsFile({ ...read, tensors: reshaped });
    expect(() => networks.load(recipe, other)).toThrow(/"conv1" is \[9, 16\], not \[3, 3, 1, 16\]/);
  });
});
