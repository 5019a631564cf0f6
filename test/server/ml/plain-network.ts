import { sizeOf } from '../../../server/ml/architectures/blueprint.js';
import type { Blueprint, ParameterSpec } from '../../../server/ml/architectures/blueprint.js';
import type { InputSpec } from '../../../server/domain/model.js';
import type { Scalar, Tensor, Tensor1D, Tensor4D, TensorFlow } from '../../../server/ml/tf.js';

/** The value of a kernel, by its name. */
export type Kernels = (name: string) => Tensor4D;

/*
 * The tutorial's network as anybody would write it with tfjs: ReLU before pooling, upsampled
 * pictures, and the library's own gradients and losses. What our kernels must agree with.
 */

/** The kernels as tensors of their own shapes, cut from the flat vector. */
export function kernelsFrom(
  tf: TensorFlow,
  specs: readonly ParameterSpec[],
  flat: Tensor1D,
): Kernels {
  const parts = tf.split(
    flat,
    specs.map(({ shape }) => sizeOf(shape)),
  );
  const named = new Map(specs.map(({ name, shape }, at) => [name, parts[at]?.reshape([...shape])]));
  return (name) => {
    const kernel = named.get(name);
    if (!kernel) throw new Error(`There is no kernel "${name}".`);
    return kernel as Tensor4D;
  };
}

/** The pictures at these positions, scaled to 0..1: [positions, height, width, channels]. */
export function scaledPictures(
  tf: TensorFlow,
  { height, width, channels }: InputSpec,
  pixels: Uint8Array,
  positions: ArrayLike<number>,
): Tensor4D {
  const size = height * width * channels;
  const values = new Float32Array(positions.length * size);
  Array.from(positions).forEach((position, row) => {
    const bytes = pixels.subarray(position * size, (position + 1) * size);
    values.set(
      Float32Array.from(bytes, (byte) => byte / 255),
      row * size,
    );
  });
  return tf.tensor4d(values, [positions.length, height, width, channels]);
}

/** [count, latentSize] */
export function plainCodes(tf: TensorFlow, kernels: Kernels, x: Tensor4D): Tensor {
  return plainEncoder(tf, kernels, x).code.reshape([x.shape[0], -1]);
}

export function plainLogits(tf: TensorFlow, kernels: Kernels, x: Tensor4D): Tensor4D {
  const { h1, h2, code } = plainEncoder(tf, kernels, x);
  const h4 = tf.relu(convolve(tf, resizeLike(tf, code, h2), kernels('conv4')));
  const h5 = tf.relu(convolve(tf, resizeLike(tf, h4, h1), kernels('conv5')));
  const h6 = tf.relu(convolve(tf, resizeLike(tf, h5, x), kernels('conv6')));
  return convolve(tf, h6, kernels('conv7'));
}

export function plainLoss(tf: TensorFlow, kernels: Kernels, x: Tensor4D): Scalar {
  return tf.losses.sigmoidCrossEntropy(x, plainLogits(tf, kernels, x));
}

/** Of the loss, in the flat vector of all parameters. */
export function plainLossGradient(
  tf: TensorFlow,
  { parameters }: Blueprint,
  flat: Tensor1D,
  x: Tensor4D,
): { readonly loss: Scalar; readonly gradient: Tensor1D } {
  const of = tf.valueAndGrad((vector: Tensor) =>
    plainLoss(tf, kernelsFrom(tf, parameters, vector as Tensor1D), x),
  );
  const { value, grad } = of(flat);
  return { loss: value, gradient: grad as Tensor1D };
}

function plainEncoder(tf: TensorFlow, kernels: Kernels, x: Tensor4D) {
  const h1 = tf.maxPool(tf.relu(convolve(tf, x, kernels('conv1'))), 2, 2, 'same');
  const h2 = tf.maxPool(tf.relu(convolve(tf, h1, kernels('conv2'))), 2, 2, 'same');
  const code = tf.maxPool(tf.relu(convolve(tf, h2, kernels('conv3'))), 2, 2, 'same');
  return { h1, h2, code };
}

function convolve(tf: TensorFlow, x: Tensor4D, kernel: Tensor4D): Tensor4D {
  return tf.conv2d(x, kernel, 1, 'same');
}

function resizeLike(tf: TensorFlow, x: Tensor4D, model: Tensor4D): Tensor4D {
  return tf.image.resizeNearestNeighbor(x, [model.shape[1], model.shape[2]]);
}
