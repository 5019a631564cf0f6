import type { LaunchArchitecturesQuery } from '../gql/graphql';
import { formatHyperparameter, formatValue } from './format';

export type HyperparameterSpec =
  LaunchArchitecturesQuery['architectures'][number]['hyperparameters'][number];

/** What is wrong with a typed value, by the same ranges as the server's; null if nothing is. */
export function problemOf(spec: HyperparameterSpec, text: string): string | null {
  const value = Number(text);
  const inRange = Number.isFinite(value) && value >= spec.min && value <= spec.max;
  const whole = spec.kind === 'FLOAT' || Number.isInteger(value);
  if (text.trim() !== '' && inRange && whole) return null;
  return `${spec.title} must be ${rangeOf(spec)}.`;
}

/** `a whole number from 1 to 1,000` */
export function rangeOf({ kind, min, max }: HyperparameterSpec): string {
  return `${kind === 'INTEGER' ? 'a whole number' : 'a number'} from ${formatValue(min)} to ${formatValue(max)}`;
}

/** The default as it is typed, and in words where it stands for something: `0 (all)` */
export function defaultOf({ name, default: value }: HyperparameterSpec): string {
  const words = formatHyperparameter(name, value);
  return /\d/.test(words) ? words : `${value} (${words})`;
}

/** The part of the server's message that is about this hyper-parameter, which it names in quotes. */
export function serverProblemOf(spec: HyperparameterSpec, message: string): string | null {
  const parts = message.split(/;\s*|\.\s+Its /);
  const about = parts.find((part) => part.includes(`"${spec.name}"`));
  return about ?? null;
}
