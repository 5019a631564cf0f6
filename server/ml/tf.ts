import { createRequire } from 'node:module';
import util from 'node:util';
import type * as TensorFlowModule from '@tensorflow/tfjs-node';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';

/** The library as a value: handed to whatever computes, so that nothing loads it by importing. */
export type TensorFlow = typeof TensorFlowModule;
export type { Rank, Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-node';

/** The set-up compiles `native` there, beside the library whose operations it adds to. */
const OUR_OPERATIONS = '@tensorflow/tfjs-node/kernels/build/Release/kernels.node';

let loading: Promise<TensorFlow> | undefined;
let loaded: TensorFlow | undefined;

/**
 * Loads tfjs-node and libtensorflow on the first call, proves them with one operation, and adds the
 * operations of `native` to them.
 *
 * All read their settings from the environment at that moment: the process that starts this one may
 * give it TF_NUM_INTRAOP_THREADS and TF_ENABLE_ONEDNN_OPTS.
 * @throws LookalikeError LIBTENSORFLOW_MISSING, naming the cause
 */
export function loadTensorFlow(): Promise<TensorFlow> {
  loading ??= new Promise((resolve) => resolve(load()));
  return loading;
}

/** What this process holds in tensors; null before TensorFlow is loaded. */
export function tensorMemory(): { readonly tensors: number; readonly bytes: number } | null {
  if (!loaded) return null;
  const { numTensors, numBytes } = loaded.memory();
  return { tensors: numTensors, bytes: numBytes };
}

function load(): TensorFlow {
  // Its start-up log is several lines of no use to anybody.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  restoreRemovedNodeFunctions();
  try {
    const load = createRequire(import.meta.url);
    const tf = load('@tensorflow/tfjs-node') as TensorFlow;
    tf.enableProdMode();
    proveThatItComputes(tf);
    load(OUR_OPERATIONS);
    loaded = tf;
    return tf;
  } catch (error) {
    throw new LookalikeError(
      'LIBTENSORFLOW_MISSING',
      `libtensorflow cannot be loaded: ${firstLine(reasonOf(error))}. Run \`npm run setup\`.`,
      { cause: error },
    );
  }
}

/** Node adds the paths it searched, line by line; the cause keeps them. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(/\.?\s*$/, '') ?? text;
}

/**
 * tfjs-node 4.22 calls functions of node:util that Node 22 warns about and Node 23 removed
 * (tensorflow/tfjs#8609).
 */
function restoreRemovedNodeFunctions(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}

function proveThatItComputes(tf: TensorFlow): void {
  const sum = tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]);
  if (sum !== 11) throw new Error(`a matrix product of 11 came out as ${sum}`);
}

/** An attribute of a TensorFlow operation. */
export type KernelAttribute = { readonly name: string } & (
  | { readonly type: 'INT' | 'FLOAT'; readonly value: number | readonly number[] }
  | { readonly type: 'BOOL'; readonly value: boolean }
  /** The type of its numbers, `T` in most operations. */
  | { readonly type: 'TYPE'; readonly value: 'float32' }
);

/**
 * Runs one TensorFlow operation that tfjs does not offer. It has no gradient that tfjs knows of.
 * @returns its outputs, in their order
 */
export function runKernel(
  tf: TensorFlow,
  operation: string,
  attributes: readonly KernelAttribute[],
  inputs: readonly TensorFlowModule.Tensor[],
  outputCount: number,
): TensorFlowModule.Tensor[] {
  const backend = tf.backend() as NodeJSKernelBackend;
  const { TF_ATTR_INT, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const types = { INT: TF_ATTR_INT, FLOAT: TF_ATTR_FLOAT, BOOL: TF_ATTR_BOOL, TYPE: TF_ATTR_TYPE };
  const encoded = attributes.map(({ name, type, value }) => ({
    name,
    type: types[type],
    value: type === 'TYPE' ? TF_FLOAT : value,
  }));
  return backend.executeMultipleOutputs(operation, encoded, [...inputs], outputCount);
}
