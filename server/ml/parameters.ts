import { mixSeeds, seededRandom } from '../domain/random.js';
import { sizeOf } from './architectures/blueprint.js';
import type { ParameterSpec } from './architectures/blueprint.js';

/*
 * All parameters of a network live in one flat vector, in the order of their specs: the optimiser
 * then updates one tensor, not one for every kernel.
 */

/** How long the flat vector is. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
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
