import { mixSeeds, seededRandom } from '../domain/random.js';
import { sizeOf } from './architectures/blueprint.js';
import type { ParameterSpec, Parameters } from './architectures/blueprint.js';
import type { Tensor1D, Tensor4D, TensorFlow } from './tf.js';

/*
 * All parameters of a network live in one flat vector, in the order of their specs: the optimiser
 * then updates one tensor with a dozen operations instead of a dozen for every kernel.
 */

/** How long the flat vector is. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** The parameters as tensors of their own shapes, cut from the flat vector. */
export function parametersFrom(
  tf: TensorFlow,
  specs: readonly ParameterSpec[],
  flat: Tensor1D,
): Parameters {
  const parts = tf.split(
    flat,
    specs.map(({ shape }) => sizeOf(shape)),
  );
  const named = new Map<string, Tensor4D>();
  specs.forEach(({ name, shape }, position) => {
    const part = parts[position];
    if (part) named.set(name, part.reshape([...shape]));
  });
  return (name) => {
    const parameter = named.get(name);
    if (!parameter) throw new Error(`The network has no parameter "${name}".`);
    return parameter;
  };
}

/**
 * Initial parameters, uniform in plus or minus sqrt(6 / (fanIn + fanOut)) (Glorot, Bengio:
 * Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010).
 */
export function glorotUniform(specs: readonly ParameterSpec[], seed: number): Float32Array {
  const flat = new Float32Array(parameterCount(specs));
  let offset = 0;
  specs.forEach(({ shape }, position) => {
    const [height, width, inputs, outputs] = shape;
    const limit = Math.sqrt(6 / (height * width * (inputs + outputs)));
    // A seed for each kernel, so that one kernel's size does not shift the next one's numbers.
    const random = seededRandom(mixSeeds(seed, position));
    const end = offset + sizeOf(shape);
    for (; offset < end; offset += 1) flat[offset] = (2 * random() - 1) * limit;
  });
  return flat;
}
