import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import { convAutoencoder } from '../../../server/ml/architectures/conv-autoencoder.js';
import { NetworkKernels } from '../../../server/ml/network-kernels.js';
import { glorotUniform } from '../../../server/ml/parameters.js';
import { pictureTensor } from '../../../server/ml/picture-batch.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { Tensor } from '../../../server/ml/tf.js';
import { drawnPictures, FASHION_INPUT, inputOf } from './pictures.js';
import {
  kernelsFrom,
  plainCodes,
  plainLogits,
  plainLossGradient,
  scaledPictures,
} from './plain-network.js';

const tf = await loadTensorFlow();

/** The largest difference as a share of the largest number. */
function worst(ours: Tensor, plain: Tensor): number {
  expect(ours.size).toBe(plain.size);
  const [difference = Number.NaN] = tf
    .max(tf.abs(tf.sub(ours.flatten(), plain.flatten())))
    .dataSync();
  const [scale = Number.NaN] = tf.max(tf.abs(plain)).dataSync();
  expect(scale).toBeGreaterThan(1e-6);
  return difference / scale;
}

/** Our functions and the plain ones, of the pictures at some positions in a mixed order. */
function sides(input: InputSpec, count: number) {
  const blueprint = convAutoencoder(input);
  const pictures = drawnPictures(count, input, 4);
  const positions = Int32Array.from({ length: count }, (_, at) => (at * 7 + 3) % count);
  const flat = tf.tensor1d(glorotUniform(blueprint.parameters, 8));
  return {
    blueprint,
    flat,
    kernels: new NetworkKernels(tf, blueprint),
    bytes: pictureTensor(tf, input, pictures),
    positions: tf.tensor1d(positions, 'int32'),
    all: scaledPictures(tf, input, pictures.pixels, Int32Array.from(positions.keys())),
    chosen: scaledPictures(tf, input, pictures.pixels, positions),
  };
}

const SIZES = [
  ['28x28x1', FASHION_INPUT],
  ['27x30x3', inputOf(27, 30, 3)],
  ['33x47x3', inputOf(33, 47, 3)],
  ['28x30x2', inputOf(28, 30, 2)],
  ['7x5x1', inputOf(7, 5, 1)],
  ['1x1x1', inputOf(1, 1, 1)],
  ['16x24x5', inputOf(16, 24, 5)],
  ['64x64x3', inputOf(64, 64, 3)],
] as const;

describe.each(SIZES)('the kernels at %s do what the plain network does', (_, input) => {
  it.each([1, 5, 16])('with the gradient of %i pictures', (count) => {
    tf.tidy(() => {
      const { blueprint, flat, kernels, bytes, positions, chosen } = sides(input, count);
      const ours = kernels.lossGradient(flat, bytes, positions);
      const plain = plainLossGradient(tf, blueprint, flat, chosen);
      expect(worst(ours.loss, plain.loss)).toBeLessThan(1e-6);
      expect(worst(ours.gradient, plain.gradient)).toBeLessThan(2e-5);
    });
  });

  it.each([1, 3, 4, 5])('with the codes of %i pictures, bit by bit as among others', (count) => {
    tf.tidy(() => {
      const { flat, kernels, bytes } = sides(input, 11);
      const among = tf.slice(kernels.encode(flat, bytes), 0, count);
      const few = tf.slice(bytes, 0, count);
      expect(kernels.encode(flat, few).dataSync()).toEqual(among.dataSync());
    });
  });

  it('with codes, redrawn pictures, errors and losses', () => {
    tf.tidy(() => {
      const { blueprint, flat, kernels, bytes, all } = sides(input, 11);
      const plain = kernelsFrom(tf, blueprint.parameters, flat);
      const { codes, errors, losses } = kernels.judge(flat, bytes);
      expect(worst(codes, plainCodes(tf, plain, all))).toBeLessThan(2e-6);
      expect(kernels.encode(flat, bytes).dataSync()).toEqual(codes.dataSync());
      const logits = plainLogits(tf, plain, all);
      const pixels = tf.sigmoid(logits);
      expect(worst(errors, tf.mean(tf.squaredDifference(pixels, all), [1, 2, 3]))).toBeLessThan(
        2e-6,
      );
      const entropies = tf.sub(tf.softplus(logits), tf.mul(logits, all));
      expect(worst(losses, tf.mean(entropies, [1, 2, 3]))).toBeLessThan(2e-6);
      const expected = tf.mul(pixels, 255).flatten().dataSync<'float32'>();
      const redrawn = kernels.redraw(flat, bytes).dataSync<'bool'>();
      expect(redrawn).toHaveLength(expected.length);
      redrawn.forEach((byte, at) => {
        expect(Math.abs(byte - (expected[at] ?? Number.NaN))).toBeLessThan(0.501);
      });
    });
  });
});

it('the gradient of the batch of the tutorial is that of the plain network', () => {
  tf.tidy(() => {
    const { blueprint, flat, kernels, bytes, positions, chosen } = sides(FASHION_INPUT, 400);
    const ours = kernels.lossGradient(flat, bytes, positions);
    const plain = plainLossGradient(tf, blueprint, flat, chosen);
    expect(worst(ours.gradient, plain.gradient)).toBeLessThan(2e-5);
  });
});

it('far logits have the sigmoid and the cross-entropy that mathematics gives them', () => {
  // A picture of one white pixel: one tap of each kernel is at work, so the weights make the logit.
  const input = inputOf(1, 1, 1);
  const blueprint = convAutoencoder(input);
  const kernels = new NetworkKernels(tf, blueprint);
  const random = seededRandom(5);
  const logits = [0, 1e-6, -1e-6, ...Array.from({ length: 200 }, () => 240 * (random() - 0.5))];
  for (const logit of logits) {
    tf.tidy(() => {
      const flat = tf.tensor1d(
        blueprint.parameters.flatMap(({ name, shape: [, , inputs, outputs] }) => {
          // Eight equal numbers at each tap of the middle; all but the sum is in the last kernel.
          const middle = name === 'conv7' ? logit / outputs / inputs : 1 / inputs;
          return Array.from({ length: 9 }, (_, tap) => (tap === 4 ? middle : 0)).flatMap((value) =>
            Array.from({ length: inputs * outputs }, () => value),
          );
        }),
      );
      const white = pictureTensor(tf, input, { count: 1, pixels: Uint8Array.of(255) });
      const { errors, losses } = kernels.judge(flat, white);
      const [error = Number.NaN] = errors.dataSync<'float32'>();
      const [loss = Number.NaN] = losses.dataSync<'float32'>();
      const missing = 1 / (1 + Math.exp(logit));
      const expected = Math.max(0, -logit) + Math.log1p(Math.exp(-Math.abs(logit)));
      expect(Math.abs(error - missing * missing)).toBeLessThan(3e-7);
      expect(Math.abs(loss - expected)).toBeLessThan(1e-6 * Math.max(0.3, expected));
    });
  }
});

it('a parameter that is no number makes loss and gradient none', () => {
  tf.tidy(() => {
    const { flat, kernels, bytes, positions } = sides(FASHION_INPUT, 9);
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const values = flat.dataSync<'float32'>().slice();
      values[100] = broken;
      const { loss, gradient } = kernels.lossGradient(tf.tensor1d(values), bytes, positions);
      expect(loss.dataSync()[0]).toBeNaN();
      expect(gradient.dataSync().every(Number.isNaN)).toBe(true);
    }
  });
});

it('nonsense is refused in words', () => {
  tf.tidy(() => {
    const { flat, kernels, bytes } = sides(FASHION_INPUT, 3);
    const gradientAt = (...at: number[]) =>
      kernels.lossGradient(flat, bytes, tf.tensor1d(at, 'int32'));
    expect(() => gradientAt(3)).toThrow('there is no picture 3');
    expect(() => gradientAt(-1)).toThrow('there is no picture -1');
    expect(() => gradientAt()).toThrow('no pictures');
    expect(() => kernels.redraw(tf.tensor1d([1]), bytes)).toThrow('4320 parameters, not 1');
    expect(() => kernels.encode(tf.tensor1d([1]), bytes)).toThrow('1872 parameters, not 1');
    const odd = tf.tensor4d(new Uint8Array(6), [1, 2, 3, 1], 'bool');
    expect(() => kernels.encode(flat, odd)).toThrow('another size');
  });
});

it.each([
  ['a layer', { height: 1 << 20, width: 1 << 20, outputs: 1 << 20 }, 'too large a layer'],
  ['a kernel', { height: 1, width: 1, outputs: 1 << 14 }, 'too many parameters'],
  ['channels', { outputs: 0 }, 'senseless side'],
] as const)('a network whose %s is beyond reason is refused, not computed', (_, size, words) => {
  const blueprint = convAutoencoder(FASHION_INPUT);
  const convolutions = blueprint.convolutions.map((layer, place) =>
    place === 0 ? layer : { ...layer, ...size },
  );
  const kernels = new NetworkKernels(tf, { ...blueprint, convolutions });
  tf.tidy(() => {
    const none = pictureTensor(tf, FASHION_INPUT, { count: 0, pixels: new Uint8Array() });
    expect(() => kernels.encode(tf.tensor1d([1]), none)).toThrow(words);
  });
});
