import type { RangeScale, SweptDialInput } from '../gql/graphql';
import { formatNumberOf } from './format';
import { problemOf, rangeOf, type HyperparameterSpec } from './hyperparameter-input';

/** A sweep while it is typed. */

/** A dial that is to differ, as it is typed. */
export interface DialDraft {
  readonly name: string;
  readonly kind: 'VALUES' | 'RANGE';
  /** `0.1, 0.05, 0.02` */
  readonly values: string;
  readonly low: string;
  readonly high: string;
  readonly scale: RangeScale;
}

export const SETTINGS_MIN = 2;
export const SETTINGS_MAX = 50;
export const MINUTES_MAX = 7 * 24 * 60;
export const MOST_DIALS = 8;
const MOST_VALUES = 50;

/** The dials of an architecture that a sweep can turn: the server refuses the others. */
export function sweepable(specs: readonly HyperparameterSpec[]): HyperparameterSpec[] {
  return specs.filter(({ unswept }) => unswept === null);
}

/** Around the default: half of it and twice it, within what the dial takes. */
export function draftFor({ name, default: usual, min, max, kind }: HyperparameterSpec): DialDraft {
  const within = (value: number) => {
    const rounded = kind === 'INTEGER' ? Math.round(value) : Number(value.toPrecision(3));
    return String(Math.min(max, Math.max(min, rounded)));
  };
  const around = [...new Set([usual / 2, usual, usual * 2].map(within))];
  return {
    ...{ name, kind: 'VALUES', values: around.join(', ') },
    ...{ low: within(usual / 2), high: within(usual * 2), scale: 'LINEAR' },
  };
}

/** What is wrong with it, by the same ranges as the server's; null if nothing is. */
export function dialProblemOf(spec: HyperparameterSpec, draft: DialDraft): string | null {
  const texts = draft.kind === 'VALUES' ? parts(draft.values) : [draft.low, draft.high];
  if (texts.length === 0 || texts.length > MOST_VALUES) {
    return `Give 1 to ${MOST_VALUES} values, with commas between them.`;
  }
  if (texts.some((text) => problemOf(spec, text) !== null)) {
    return `Each value of ${spec.title} must be ${rangeOf(spec)}.`;
  }
  if (draft.kind === 'VALUES') return null;
  if (Number(draft.low) >= Number(draft.high)) return 'The range must go up.';
  if (draft.scale === 'LOG' && Number(draft.low) <= 0) {
    return 'A logarithmic range must be of numbers above 0.';
  }
  return null;
}

/** As the API takes it; for a draft without problems. */
export function dialInputOf({ name, kind, values, low, high, scale }: DialDraft): SweptDialInput {
  return kind === 'VALUES'
    ? { name, values: parts(values).map(Number) }
    : { name, range: { low: Number(low), high: Number(high), scale } };
}

/** How many combinations there are; null where a range of fractions has no end of them. */
export function combinationsOf(
  specs: readonly HyperparameterSpec[],
  drafts: readonly DialDraft[],
): number | null {
  let product = 1;
  for (const { name, kind, values, low, high } of drafts) {
    if (kind === 'VALUES') product *= new Set(parts(values).map(Number)).size;
    else if (specs.find((spec) => spec.name === name)?.kind !== 'INTEGER') return null;
    else product *= Number(high) - Number(low) + 1;
  }
  return product;
}

/** What a sweep of so many settings would try. */
export function sweepWords(combinations: number | null, wanted: number): string {
  if (combinations === null) {
    return `Tries ${formatNumberOf(wanted, 'setting')} drawn at random.`;
  }
  if (combinations < SETTINGS_MIN) return 'There is only one setting: give a dial more values.';
  return combinations <= wanted
    ? `Tries all ${formatNumberOf(combinations, 'combination')}.`
    : `Tries ${wanted} of ${formatNumberOf(combinations, 'combination')}, drawn at random.`;
}

/** What is wrong with a typed number; null if nothing is. */
export function numberProblem(
  title: string,
  text: string,
  { min, max, whole }: { readonly min: number; readonly max: number; readonly whole: boolean },
): string | null {
  const value = Number(text);
  const isRight = value >= min && value <= max && (!whole || Number.isInteger(value));
  if (text.trim() !== '' && isRight) return null;
  return `${title} must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}.`;
}

function parts(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}
