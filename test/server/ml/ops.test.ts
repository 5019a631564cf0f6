import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import { blockConvolution } from '../../../server/ml/ops/block-convolution.js';
import { framed, fromBlocks, toBlocks } from '../../../server/ml/ops/blocks.js';
import { maxPoolThenRelu } from '../../../server/ml/ops/max-pool.js';
import { relu } from '../../../server/ml/ops/relu.js';
import { meanSigmoidCrossEntropy } from '../../../server/ml/ops/sigmoid-cross-entropy.js';
import { upsample } from '../../../server/ml/ops/upsample.js';
import { upsampledConvolution } from '../../../server/ml/ops/upsampled-convolution.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { Tensor, Tensor4D } from '../../../server/ml/tf.js';

const tf = await loadTensorFlow();
const random = seededRandom(11);

type Form = (...inputs: Tensor4D[]) => Tensor;
type Shape = [number, number, number, number];

/** Uniform in -1..1. */
function noise(shape: Shape): Tensor4D {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor4d(
    Float32Array.from({ length: size }, () => 2 * random() - 1),
    shape,
  );
}

/** Few different numbers, so that many are equal. */
function coarse(shape: Shape): Tensor4D {
  return tf.round(tf.mul<Tensor4D>(noise(shape), 2));
}

/** The value and the gradient in every input, for a `dy` that is different everywhere. */
function valueAndGradients(form: Form, inputs: readonly Tensor4D[]): Float32Array[] {
  return tf.tidy(() => {
    const value = form(...inputs);
    const dy = tf.sin(tf.range(1, value.size + 1)).reshape(value.shape);
    const grads = tf.grads((...given: Tensor[]) => form(...(given as Tensor4D[])));
    return [value, ...grads([...inputs], dy)].map((tensor) => tensor.dataSync<'float32'>());
  });
}

function expectSame(ours: Form, plain: Form, inputs: readonly Tensor4D[], tolerance = 2e-5): void {
  const expected = valueAndGradients(plain, inputs);
  valueAndGradients(ours, inputs).forEach((values, position) => {
    const reference = expected[position] ?? new Float32Array();
    expect(values).toHaveLength(reference.length);
    const scale = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = values.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (reference[at] ?? Number.NaN))),
      0,
    );
    expect(worst / scale).toBeLessThanOrEqual(tolerance);
  });
}

describe('an optimised operation has the values and gradients of the plain one:', () => {
  it('ReLU', () => {
    expectSame(
      (x = noise([1, 1, 1, 1])) => relu(tf, x),
      (x = noise([1, 1, 1, 1])) => tf.relu(x),
      [coarse([2, 5, 4, 3])],
    );
  });

  it.each([
    ['even sides', [2, 8, 6, 3]],
    ['odd sides', [2, 7, 5, 3]],
  ] satisfies [string, Shape][])('max pooling before ReLU, %s', (_, shape) => {
    expectSame(
      (x = noise(shape)) => maxPoolThenRelu(tf, x),
      (x = noise(shape)) => tf.maxPool(tf.relu(x), 2, 2, 'same'),
      [noise(shape)],
    );
  });

  it('the mean sigmoid cross-entropy, far logits too', () => {
    const shape: Shape = [2, 4, 4, 1];
    const targets = tf.abs(noise(shape));
    expectSame(
      (x = noise(shape)) => meanSigmoidCrossEntropy(tf, x, targets),
      (x = noise(shape)) => tf.losses.sigmoidCrossEntropy(targets, x),
      [tf.mul(noise(shape), 60)],
    );
  });

  it('2x2 blocks, there and back', () => {
    const shape: Shape = [2, 6, 4, 3];
    expectSame(
      (x = noise(shape)) => fromBlocks(tf, tf.mul(toBlocks(tf, x), 2)),
      (x = noise(shape)) => tf.mul(x, 2),
      [noise(shape)],
    );
  });

  it.each([
    ['one output', [3, 4, 3, 5], 1],
    ['three outputs', [2, 3, 5, 4], 3],
  ] satisfies [string, Shape, number][])(
    'upsampled convolutions by phases, %s',
    (_, shape, outputs) => {
      const [first, second]: [Shape, Shape] = [
        [3, 3, shape[3], 6],
        [3, 3, 6, outputs],
      ];
      expectSame(
        (x = noise(shape), a = noise(first), b = noise(second)) =>
          fromBlocks(tf, blockConvolution(tf, upsampledConvolution(tf, framed(tf, x), a), b)),
        (x = noise(shape), a = noise(first), b = noise(second)) => {
          const up = tf.image.resizeNearestNeighbor(x, [2 * shape[1], 2 * shape[2]]);
          return tf.conv2d(tf.relu(tf.conv2d(up, a, 1, 'same')), b, 1, 'same');
        },
        [noise(shape), noise(first), noise(second)],
      );
    },
  );
});

it('upsampling shows input row floor(i * inputHeight / height)', () => {
  const rows = tf.tensor4d([0, 1, 2, 3], [1, 4, 1, 1]);
  expect([...upsample(tf, rows, 7, 1).dataSync()]).toEqual([0, 0, 1, 1, 2, 2, 3]);
});
