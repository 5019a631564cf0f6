import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import { encoderBlueprint } from '../../../server/ml/encoder-blueprint.js';
import type { EncoderBlueprint, EncoderUnit } from '../../../server/ml/encoder-blueprint.js';
import { EncoderKernels } from '../../../server/ml/encoder-kernels.js';
import { encoderStart, momentStart, targetStart } from '../../../server/ml/encoder-start.js';
import { pictureTensor } from '../../../server/ml/picture-batch.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { Tensor } from '../../../server/ml/tf.js';
import { drawnPictures, FASHION_INPUT, inputOf } from './pictures.js';
import { plainEmbeddings, plainTargetGradient } from './plain-encoder.js';
import { scaledPictures } from './plain-network.js';

const tf = await loadTensorFlow();
/** What cosines are multiplied with. */
const SCALE = 6;

const plain = (outputs: number): EncoderUnit => ({ outputs, pooled: false, joined: false });
const pooled = (outputs: number): EncoderUnit => ({ outputs, pooled: true, joined: false });
const joined = (outputs: number): EncoderUnit => ({ outputs, pooled: false, joined: true });

/** What it is called by, input, units, dimension, targets. */
const ENCODERS = [
  [
    '28x28x1 as it is trained',
    FASHION_INPUT,
    [plain(8), pooled(12), plain(16), pooled(24), plain(24), plain(24), joined(24)],
    32,
    10,
  ],
  [
    '7x9x1 with channels in no even number',
    inputOf(7, 9, 1),
    [pooled(6), plain(7), joined(6), pooled(9), plain(11)],
    5,
    3,
  ],
  ['30x27x3', inputOf(30, 27, 3), [plain(10), pooled(16), plain(9), pooled(8), plain(17)], 13, 4],
  ['4x4x5', inputOf(4, 4, 5), [plain(8), plain(8), plain(13)], 8, 2],
  ['33x18x2', inputOf(33, 18, 2), [pooled(20), plain(40), joined(20), plain(2)], 6, 5],
  ['2x4x1', inputOf(2, 4, 1), [plain(9), plain(8), joined(9)], 4, 2],
  ['5x1x8', inputOf(5, 1, 8), [plain(8), pooled(16), plain(8)], 4, 2],
] as const satisfies readonly Case[];

type Case = readonly [string, InputSpec, readonly EncoderUnit[], number, number];

/** The largest difference as a share of the largest number. */
function worst(ours: Tensor, expected: Tensor): number {
  expect(ours.size).toBe(expected.size);
  const [difference = Number.NaN] = tf
    .max(tf.abs(tf.sub(ours.flatten(), expected.flatten())))
    .dataSync();
  const [scale = Number.NaN] = tf.max(tf.abs(expected)).dataSync();
  expect(scale).toBeGreaterThan(1e-9);
  return difference / scale;
}

/** Moved off their start, at which all scales are one and all shifts zero. */
function moved(values: Float32Array, seed: number): Float32Array {
  const random = seededRandom(seed);
  return values.map((value) => value * (0.8 + 0.4 * random()) + 0.1 * (random() - 0.5));
}

function sides(of: Case, count: number) {
  const [, input, units, dimension, targets] = of;
  const blueprint = encoderBlueprint(input, units, dimension);
  const pictures = drawnPictures(count, input, 4);
  const positions = Int32Array.from({ length: count }, (_, at) => at);
  const parameters = moved(encoderStart(blueprint, 8), 1);
  const random = seededRandom(9);
  // Two targets share a picture; one picture in six is no one's.
  const wanted = Float32Array.from({ length: count * targets }, () => 0);
  for (let picture = 0; picture < count; picture += 1) {
    const share = picture % 6 === 5 ? 0 : random();
    wanted[picture * targets + (picture % targets)] = share;
    if (share > 0) wanted[picture * targets + ((picture + 1) % targets)] = 1 - share;
  }
  const values = new Float32Array(parameters.length + targets * dimension);
  values.set(parameters);
  values.set(targetStart(targets, dimension, 2), parameters.length);
  return {
    blueprint,
    kernels: new EncoderKernels(tf, blueprint),
    parameters: tf.tensor1d(parameters),
    values: tf.tensor1d(values),
    moments: tf.tensor1d(moved(momentStart(blueprint), 3)),
    bytes: pictureTensor(tf, input, pictures),
    scaled: scaledPictures(tf, input, pictures.pixels, positions),
    wanted: tf.tensor2d(wanted, [count, targets]),
  };
}

/** Name, start and length of each part of the vector of parameters. */
function partsOf({ places, units, projection, parameterCount }: EncoderBlueprint, length: number) {
  const ofUnits = places.flatMap(({ kernel, scale, shift }, at) => {
    const outputs = units[at]?.outputs ?? Number.NaN;
    return [
      [`kernel ${at}`, kernel, scale - kernel],
      [`scale ${at}`, scale, outputs],
      [`shift ${at}`, shift, outputs],
    ] as const;
  });
  return [
    ...ofUnits,
    ['projection', projection, parameterCount - projection],
    ['targets', parameterCount, length - parameterCount],
  ] as const;
}

/** Of each part of the vector of parameters, the largest difference as a share of its largest number. */
function worstOfParts(blueprint: EncoderBlueprint, ours: Tensor, expected: Tensor): number[] {
  return partsOf(blueprint, ours.size).map(([, start, length]) =>
    worst(tf.slice(ours, start, length), tf.slice(expected, start, length)),
  );
}

describe.each(ENCODERS)('the kernels of an encoder of %s do what the plain one does', (...of) => {
  it.each([1, 8, 13])('with the embeddings of %i pictures', (count) => {
    tf.tidy(() => {
      const { blueprint, kernels, parameters, values, moments, bytes, scaled } = sides(of, count);
      const ours = kernels.embed(parameters, moments, bytes);
      const expected = plainEmbeddings(tf, blueprint, parameters, moments, scaled);
      expect(worst(ours, expected)).toBeLessThan(2e-5);
      const withTargets = kernels.embed(values, moments, bytes);
      expect(withTargets.dataSync()).toEqual(ours.dataSync());
    });
  });

  it.each([8, 16, 80])('with the gradient of %i pictures', (count) => {
    tf.tidy(() => {
      const { blueprint, kernels, values, bytes, scaled, wanted } = sides(of, count);
      const ours = kernels.targetGradient(values, bytes, wanted, SCALE);
      const expected = plainTargetGradient(tf, blueprint, values, scaled, wanted, SCALE);
      expect(worst(ours.loss, expected.loss)).toBeLessThan(1e-4);
      expect(worst(ours.moments, expected.moments)).toBeLessThan(1e-4);
      // Of very many numbers one is so near to ReLU's kink that it falls on either side of it.
      const tolerance = bytes.size > 10_000 ? 2e-2 : 2e-4;
      for (const share of worstOfParts(blueprint, ours.gradient, expected.gradient)) {
        expect(share).toBeLessThan(tolerance);
      }
    });
  });
});

it('a parameter that is no number makes loss and gradient none', () => {
  tf.tidy(() => {
    const { blueprint, kernels, values, bytes, wanted } = sides(ENCODERS[1], 8);
    const places = blueprint.places.flatMap(({ kernel, scale, shift }) => [kernel, scale, shift]);
    for (const place of [...places, blueprint.projection, blueprint.parameterCount]) {
      const numbers = values.dataSync<'float32'>().slice();
      numbers[place] = Number.NaN;
      const { loss, gradient } = kernels.targetGradient(tf.tensor1d(numbers), bytes, wanted, SCALE);
      expect(loss.dataSync()[0]).toBeNaN();
      expect(gradient.dataSync().some(Number.isNaN)).toBe(true);
    }
  });
});

it('nonsense is refused in words', () => {
  tf.tidy(() => {
    const { kernels, parameters, values, moments, bytes, wanted } = sides(ENCODERS[1], 8);
    const short = tf.tensor1d([1, 2]);
    const odd = tf.tensor4d(new Uint8Array(62), [1, 31, 2, 1], 'bool');
    const five = tf.slice(bytes, 0, 5);
    const none = tf.slice(bytes, 0, 0);
    const gradientOf = (flat = values, pictures = bytes, shares = wanted) =>
      kernels.targetGradient(flat, pictures, shares, SCALE);
    expect(() => kernels.embed(short, moments, bytes)).toThrow(
      `${parameters.size} parameters, not 2`,
    );
    expect(() => kernels.embed(parameters, short, bytes)).toThrow(`${moments.size} moments, not 2`);
    expect(() => kernels.embed(parameters, moments, odd)).toThrow('another size');
    expect(() => gradientOf(short)).toThrow(`${values.size} parameters, not 2`);
    expect(() => gradientOf(parameters)).toThrow(`not ${parameters.size}`);
    expect(() => gradientOf(values, odd)).toThrow('another size');
    expect(() => gradientOf(values, five)).toThrow('multiple of 8 pictures');
    expect(() => gradientOf(values, none)).toThrow('multiple of 8 pictures');
    expect(() => gradientOf(values, bytes, tf.zeros([5, 5]))).toThrow('24 wanted shares, not 25');
    expect(kernels.embed(parameters, moments, none).shape).toEqual([0, 5]);
  });
});

it.each([
  ['whose unit is too large', [plain(1 << 16)], 'too large a unit'],
  ['with too many parameters', [plain(1 << 13), plain(1 << 13)], 'too many parameters'],
  ['without channels', [plain(0)], 'senseless side'],
  ['without units', [], 'not a list of units'],
  ['that joins what was pooled', [plain(4), pooled(4), joined(4)], 'not like it'],
  ['that joins the first', [plain(4), joined(4)], 'not like it'],
  ['that joins other widths', [plain(4), plain(6), joined(6)], 'not like it'],
  ['with many units', Array.from({ length: 33 }, () => plain(1)), 'too many units'],
] as const)('an encoder %s is refused, not computed', (_, units, words) => {
  const input = units.length === 2 ? inputOf(1, 1, 1) : inputOf(100, 100, 1);
  const kernels = new EncoderKernels(tf, encoderBlueprint(input, units, 4));
  tf.tidy(() => {
    const none = pictureTensor(tf, input, { count: 0, pixels: new Uint8Array() });
    expect(() => kernels.embed(tf.tensor1d([1]), tf.tensor1d([1]), none)).toThrow(words);
  });
});
