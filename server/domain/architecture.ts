import { LookalikeError } from './errors.js';

export type HyperparameterKind = 'INTEGER' | 'FLOAT';

/** One dial of an architecture: what it does, its range and its default. */
export interface HyperparameterSpec {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: HyperparameterKind;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** The dial of older models that this one took the place of. */
  readonly replaces?: HyperparameterSpec;
  /** Models from before there was this dial have none, and are as with 0. */
  readonly isAbsentBefore?: true;
  /** Why it must be the same in all settings of a sweep, as the rest of a sentence; left out, it may differ. */
  readonly unswept?: string;
}

/** A network recipe with its dials. */
export interface Architecture {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Where the method is described. */
  readonly reference: string;
  /** What the loss of an epoch is, with its unit. */
  readonly loss: string;
  readonly hyperparameters: readonly HyperparameterSpec[];
}

/** A value for every dial of an architecture, by name. */
export type Hyperparameters = Readonly<Record<string, number>>;

/** @throws LookalikeError ARCHITECTURE_NOT_FOUND */
export function architectureNamed(
  architectures: readonly Architecture[],
  name: string,
): Architecture {
  const found = architectures.find((architecture) => architecture.name === name);
  if (found) return found;
  const known = architectures.map((architecture) => architecture.name).join(', ');
  throw new LookalikeError(
    'ARCHITECTURE_NOT_FOUND',
    `There is no architecture "${name}". There are: ${known}.`,
  );
}

/**
 * Completes the given values with the architecture's defaults.
 * @throws LookalikeError HYPERPARAMETER_INVALID, naming every value that is unknown, not finite,
 * out of range, or fractional where a whole number is asked.
 */
export function completeHyperparameters(
  architecture: Architecture,
  given: Hyperparameters,
): Hyperparameters {
  const specs = new Map(architecture.hyperparameters.map((spec) => [spec.name, spec]));
  const faults = Object.entries(given).flatMap(([name, value]) => {
    const spec = specs.get(name);
    return spec ? faultsOf(spec, value) : [`"${name}" is not a hyper-parameter`];
  });
  if (faults.length > 0) {
    const known = [...specs.keys()].join(', ');
    throw new LookalikeError(
      'HYPERPARAMETER_INVALID',
      `${architecture.name}: ${faults.join('; ')}. Its hyper-parameters are: ${known}.`,
    );
  }
  return Object.fromEntries(
    architecture.hyperparameters.map((spec) => [spec.name, given[spec.name] ?? spec.default]),
  );
}

/**
 * The same for values that were stored, perhaps before there was a dial, or before it took the place of
 * another: an older model keeps those that it was made with.
 * @throws LookalikeError as `completeHyperparameters`
 */
export function restoreHyperparameters(
  architecture: Architecture,
  stored: Hyperparameters,
): Hyperparameters {
  const hyperparameters = architecture.hyperparameters.flatMap((spec) => {
    const { name, replaces, isAbsentBefore } = spec;
    if (name in stored) return [spec];
    if (isAbsentBefore) return [];
    return replaces && replaces.name in stored ? [replaces] : [spec];
  });
  return completeHyperparameters({ ...architecture, hyperparameters }, stored);
}

/**
 * The value of one dial of a completed set.
 * @throws LookalikeError HYPERPARAMETER_INVALID when the set lacks it.
 */
export function hyperparameter(values: Hyperparameters, name: string): number {
  const value = values[name];
  if (value === undefined) {
    throw new LookalikeError('HYPERPARAMETER_INVALID', `The hyper-parameter "${name}" is missing.`);
  }
  return value;
}

/** Passes over the training images. An architecture without that dial learns in one. */
export function epochCount(values: Hyperparameters): number {
  return values['epochs'] ?? 1;
}

function faultsOf(spec: HyperparameterSpec, value: number): string[] {
  const inRange = Number.isFinite(value) && value >= spec.min && value <= spec.max;
  const whole = spec.kind === 'FLOAT' || Number.isInteger(value);
  if (inRange && whole) return [];
  const kind = spec.kind === 'INTEGER' ? 'a whole number' : 'a number';
  return [`"${spec.name}" must be ${kind} from ${spec.min} to ${spec.max}, not ${value}`];
}
