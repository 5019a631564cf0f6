import type { Blueprint, Parameters } from '../../../server/ml/architectures/blueprint.js';
import type { Scalar, Tensor4D, TensorFlow } from '../../../server/ml/tf.js';

/**
 * The tutorial's network as anybody would write it with tfjs: ReLU before pooling, upsampled
 * pictures, and the library's own gradients and losses. What our faster network must agree with.
 */
export function plainBlueprint(blueprint: Blueprint): Blueprint {
  return {
    ...blueprint,
    encode: (tf, parameter, x) => {
      const { code } = plainEncoder(tf, parameter, x);
      return code.reshape([x.shape[0], -1]);
    },
    logits: plainLogits,
    loss: (tf, parameter, x): Scalar =>
      tf.losses.sigmoidCrossEntropy(x, plainLogits(tf, parameter, x)),
  };
}

function plainEncoder(tf: TensorFlow, parameter: Parameters, x: Tensor4D) {
  const h1 = tf.maxPool(tf.relu(convolve(tf, x, parameter('conv1'))), 2, 2, 'same');
  const h2 = tf.maxPool(tf.relu(convolve(tf, h1, parameter('conv2'))), 2, 2, 'same');
  const code = tf.maxPool(tf.relu(convolve(tf, h2, parameter('conv3'))), 2, 2, 'same');
  return { h1, h2, code };
}

function plainLogits(tf: TensorFlow, parameter: Parameters, x: Tensor4D): Tensor4D {
  const { h1, h2, code } = plainEncoder(tf, parameter, x);
  const h4 = tf.relu(convolve(tf, resizeLike(tf, code, h2), parameter('conv4')));
  const h5 = tf.relu(convolve(tf, resizeLike(tf, h4, h1), parameter('conv5')));
  const h6 = tf.relu(convolve(tf, resizeLike(tf, h5, x), parameter('conv6')));
  return convolve(tf, h6, parameter('conv7'));
}

function convolve(tf: TensorFlow, x: Tensor4D, kernel: Tensor4D): Tensor4D {
  return tf.conv2d(x, kernel, 1, 'same');
}

function resizeLike(tf: TensorFlow, x: Tensor4D, model: Tensor4D): Tensor4D {
  return tf.image.resizeNearestNeighbor(x, [model.shape[1], model.shape[2]]);
}
