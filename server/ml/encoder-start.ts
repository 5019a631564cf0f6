import { mixSeeds, seededRandom } from '../domain/random.js';
import type { EncoderBlueprint } from './encoder-blueprint.js';

/** Numbers drawn from the normal distribution (Box, Muller 1958). */
function normalNumbers(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Parameters to start from: kernels normal with a variance of 2 / inputs (He et al.: Delving Deep into
 * Rectifiers, arXiv:1502.01852), which keeps the variance through ReLU; scales of one, shifts of zero.
 */
export function encoderStart(blueprint: EncoderBlueprint, seed: number): Float32Array {
  const { units, places, projection, parameterCount } = blueprint;
  const flat = new Float32Array(parameterCount);
  places.forEach(({ inputs, kernel, scale, shift }, at) => {
    const deviation = Math.sqrt(2 / (9 * inputs));
    const normal = normalNumbers(mixSeeds(seed, at));
    for (let place = kernel; place < scale; place += 1) flat[place] = deviation * normal();
    flat.fill(1, scale, shift);
  });
  const normal = normalNumbers(mixSeeds(seed, units.length));
  const deviation = 1 / Math.sqrt(units.at(-1)?.outputs ?? 1);
  for (let at = projection; at < flat.length; at += 1) flat[at] = deviation * normal();
  return flat;
}

/** Vectors in all directions alike, for targets to start from: [count, dimension]. */
export function targetStart(count: number, dimension: number, seed: number): Float32Array {
  const normal = normalNumbers(mixSeeds(seed, -1));
  const deviation = 1 / Math.sqrt(dimension);
  return Float32Array.from({ length: count * dimension }, () => deviation * normal());
}

/** Moments to start from: a mean of zero and a variance of one in each channel. */
export function momentStart({ units, momentCount }: EncoderBlueprint): Float32Array {
  const moments = new Float32Array(momentCount);
  let start = 0;
  for (const { outputs } of units) {
    moments.fill(1, start + outputs, start + 2 * outputs);
    start += 2 * outputs;
  }
  return moments;
}

/** For each parameter 1 where it decays: kernels and the projection; and vectors of targets 0. */
export function decayMask(blueprint: EncoderBlueprint, length: number): Float32Array {
  const { places, projection, parameterCount } = blueprint;
  const mask = new Float32Array(length);
  for (const { kernel, scale } of places) mask.fill(1, kernel, scale);
  mask.fill(1, projection, parameterCount);
  return mask;
}
