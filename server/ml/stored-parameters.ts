import { isDeepStrictEqual } from 'node:util';
import type { NetworkRecipe } from '../ports/networks.js';
import { sizeOf } from './architectures/blueprint.js';
import type { ParameterSpec } from './architectures/blueprint.js';
import { parameterCount } from './parameters.js';
import { corrupt, readWeightsFile } from './weights-file.js';
import type { NamedTensor, WeightsFile, WeightsKind } from './weights-file.js';

/** The flat vectors of a file, by what stands before the parameters' names in it. */
export const VECTOR_PREFIXES = {
  parameters: '',
  firstMoment: 'adam.m/',
  secondMoment: 'adam.v/',
} as const;
export type VectorName = keyof typeof VECTOR_PREFIXES;

/** A flat vector cut into named tensors of the parameters' shapes. */
export function namedTensors(
  specs: readonly ParameterSpec[],
  vector: VectorName,
  flat: Float32Array,
): NamedTensor[] {
  let offset = 0;
  return specs.map(({ name, shape }) => {
    const start = offset;
    offset += sizeOf(shape);
    const values = flat.slice(start, offset);
    return { name: VECTOR_PREFIXES[vector] + name, shape, values };
  });
}

/**
 * The flat vector that `namedTensors` cut.
 * @throws LookalikeError CHECKPOINT_CORRUPT when a tensor is missing or has another shape
 */
export function flatVector(
  file: WeightsFile,
  specs: readonly ParameterSpec[],
  vector: VectorName,
): Float32Array {
  const flat = new Float32Array(parameterCount(specs));
  let offset = 0;
  for (const { name, shape } of specs) {
    flat.set(storedTensor(file, VECTOR_PREFIXES[vector] + name, shape), offset);
    offset += sizeOf(shape);
  }
  return flat;
}

/**
 * The values of a tensor that a file must hold.
 * @throws LookalikeError CHECKPOINT_CORRUPT when it is missing or has another shape
 */
export function storedTensor(
  file: WeightsFile,
  name: string,
  shape: readonly number[],
): Float32Array {
  const stored = file.tensors.find((tensor) => tensor.name === name);
  if (!stored) throw corrupt(`they lack "${name}"`);
  if (isDeepStrictEqual([...stored.shape], [...shape])) return stored.values;
  throw corrupt(`"${name}" is [${stored.shape.join(', ')}], not [${shape.join(', ')}]`);
}

/**
 * A vector that a file must hold, of any length.
 * @throws LookalikeError CHECKPOINT_CORRUPT when it is missing
 */
export function storedVector(file: WeightsFile, name: string): Float32Array {
  const stored = file.tensors.find((tensor) => tensor.name === name);
  if (stored) return stored.values;
  throw corrupt(`they lack "${name}"`);
}

/**
 * Reads a file that must be of this kind and recipe.
 * @throws LookalikeError CHECKPOINT_CORRUPT
 */
export function readFileOf(
  recipe: NetworkRecipe,
  kind: WeightsKind,
  bytes: Uint8Array,
): WeightsFile {
  const file = readWeightsFile(bytes);
  if (file.kind !== kind) throw corrupt(`they are a ${file.kind} where a ${kind} is needed`);
  const difference = differenceOf(recipe, file.recipe);
  if (difference) throw corrupt(`they are of another recipe: ${difference}`);
  // Of a checkpoint training says that it has diverged; a model would embed nothing with them.
  const isFinite = file.tensors.every(({ values }) => values.every(Number.isFinite));
  if (kind === 'WEIGHTS' && !isFinite) throw corrupt('a number in them is not finite');
  return file;
}

function differenceOf(wanted: NetworkRecipe, stored: NetworkRecipe): string | undefined {
  if (wanted.architecture !== stored.architecture) {
    return `${stored.architecture} instead of ${wanted.architecture}`;
  }
  return (
    differingEntry('input ', { ...wanted.input }, { ...stored.input }) ??
    differingEntry('', wanted.hyperparameters, stored.hyperparameters)
  );
}

function differingEntry(
  kind: string,
  wanted: Readonly<Record<string, number | string>>,
  stored: Readonly<Record<string, number | string>>,
): string | undefined {
  const names = new Set([...Object.keys(wanted), ...Object.keys(stored)]);
  const name = [...names].find((candidate) => wanted[candidate] !== stored[candidate]);
  return name && `${kind}${name} ${stored[name]} instead of ${wanted[name]}`;
}
