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

const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]));
const values = [...product.dataSync()].join(' ');
if (tf.getBackend() !== 'tensorflow' || values !== '19 22 43 50') {
  throw new Error(`backend ${tf.getBackend()}: the product is ${values}, not 19 22 43 50`);
}
