// @ts-check
// Run in a process of its own: a library that does not fit this machine kills its process.
import { createRequire } from 'node:module';
import util from 'node:util';

const load = createRequire(import.meta.url);
// Node 23 removed what tfjs-node 4.22 still calls (tensorflow/tfjs#8609).
Object.assign(util, {
  isNullOrUndefined: (/** @type {unknown} */ value) => value === null || value === undefined,
  isArray: Array.isArray,
});
const tf = load('@tensorflow/tfjs-node');

if (tf.getBackend() !== 'tensorflow') throw new Error(`the backend is ${tf.getBackend()}`);

const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]));
expectNumbers('the product', product, '19 22 43 50');

// One convolution of a white pixel, whose kernel is zero: the logit is 0, the loss -log(1/2), and the
// gradient in the middle tap -1/2.
load('@tensorflow/tfjs-node/kernels/build/Release/kernels.node');
const backend = tf.backend();
const network = [1, 1, 1, 1, 1, 1, 1, 0, 0];
const [loss, gradient] = backend.executeMultipleOutputs(
  'LookalikeGradient',
  [{ name: 'network', type: backend.binding.TF_ATTR_INT, value: network }],
  [tf.zeros([9]), tf.tensor4d(Uint8Array.of(255), [1, 1, 1, 1], 'bool'), tf.tensor1d([0], 'int32')],
  2,
);
expectNumbers('the loss', loss, String(Math.fround(Math.LN2)));
expectNumbers('the gradient', gradient, '0 0 0 0 -0.5 0 0 0 0');

/**
 * @param {string} what
 * @param {import('@tensorflow/tfjs-node').Tensor} tensor
 * @param {string} expected
 */
function expectNumbers(what, tensor, expected) {
  const values = [...tensor.dataSync()].join(' ');
  if (values !== expected) throw new Error(`${what} is ${values}, not ${expected}`);
}
