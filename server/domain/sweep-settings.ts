import {
  completeHyperparameters,
  type Architecture,
  type HyperparameterKind,
  type Hyperparameters,
} from './architecture.js';
import { LookalikeError } from './errors.js';
import { seededRandom, shuffledIndices } from './random.js';
import { MOST_DIALS, type DialRange, type SweptDial } from './sweep.js';

const MOST_VALUES = 50;
/** Digits of a number that is drawn: more would only be hard to read. */
const DIGITS = 3;
/** Draws for each setting that is wanted; a narrow range may have fewer different ones. */
const DRAWS_PER_SETTING = 200;

interface PlannedDial {
  readonly name: string;
  /** Its possible values; null where there are too many to list. */
  readonly values: readonly number[] | null;
  readonly draw: (random: () => number) => number;
}

/**
 * The settings of a sweep, each complete. Where all combinations of the values are at most `count`, these
 * (the grid); else so many drawn at random without repeats (Bergstra, Bengio: Random Search for
 * Hyper-Parameter Optimization, JMLR 2012). In a random order: a budget that ends early leaves no corner
 * out. Everything follows from the seed.
 * @throws LookalikeError INVALID_ARGUMENT for dials that cannot be swept so, or that give fewer than two
 * settings; HYPERPARAMETER_INVALID for values that the architecture does not take
 */
export function sweepSettings(
  architecture: Architecture,
  base: Hyperparameters,
  dials: readonly SweptDial[],
  count: number,
  seed: number,
): Hyperparameters[] {
  checkDials(architecture, dials);
  const planned = dials.map((dial) => plan(architecture, dial));
  const random = seededRandom(seed);
  const grid = gridOf(planned, count);
  const points = grid ? shuffled(grid, random) : drawn(planned, count, random);
  if (points.length < 2) {
    throw invalid('the values give only one setting: give at least two values of a dial');
  }
  return points.map((point) => completeHyperparameters(architecture, { ...base, ...point }));
}

function checkDials({ hyperparameters }: Architecture, dials: readonly SweptDial[]): void {
  if (dials.length < 1 || dials.length > MOST_DIALS) {
    throw invalid(`give 1 to ${MOST_DIALS} dials, not ${dials.length}`);
  }
  const names = dials.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw invalid(`"${twice}" is given twice`);
  for (const { name, unswept } of hyperparameters) {
    if (unswept === undefined || !names.includes(name)) continue;
    throw invalid(`"${name}" must be the same in all settings, ${unswept}`);
  }
  for (const { name, values, range } of dials) {
    if (values && (values.length < 1 || values.length > MOST_VALUES)) {
      throw invalid(`"${name}" must have 1 to ${MOST_VALUES} values, not ${values.length}`);
    }
    if (range && !(range.low < range.high)) {
      throw invalid(`the range of "${name}" must go up, not from ${range.low} to ${range.high}`);
    }
    if (range?.scale === 'LOG' && range.low <= 0) {
      throw invalid(`a logarithmic range of "${name}" must be of numbers above 0`);
    }
  }
}

/** @throws LookalikeError HYPERPARAMETER_INVALID when it, or a value that is possible, is not taken */
function plan(architecture: Architecture, { name, values, range }: SweptDial): PlannedDial {
  for (const value of values ?? [range.low, range.high]) {
    completeHyperparameters(architecture, { [name]: value });
  }
  if (values) {
    const different = [...new Set(values)];
    return { name, values: different, draw: (random) => oneOf(different, random) };
  }
  const kind = architecture.hyperparameters.find((spec) => spec.name === name)?.kind ?? 'FLOAT';
  return {
    name,
    values: kind === 'INTEGER' ? wholeNumbers(range) : null,
    draw: (random) => drawnFrom(range, kind, random()),
  };
}

function wholeNumbers({ low, high }: DialRange): readonly number[] | null {
  if (high - low >= MOST_VALUES) return null;
  return Array.from({ length: high - low + 1 }, (_, step) => low + step);
}

/** @param share 0 to 1, of the way from the low end to the high one */
function drawnFrom({ low, high, scale }: DialRange, kind: HyperparameterKind, share: number) {
  // A whole number stands for all up to the next one, so that both ends get their share.
  const end = kind === 'INTEGER' ? high + 1 : high;
  const value = scale === 'LOG' ? low * (end / low) ** share : low + (end - low) * share;
  const exact = kind === 'INTEGER' ? Math.floor(value) : Number(value.toPrecision(DIGITS));
  return Math.min(high, Math.max(low, exact));
}

/** All combinations; null where they are more than wanted, or cannot be listed. */
function gridOf(dials: readonly PlannedDial[], most: number): Hyperparameters[] | null {
  let grid: Hyperparameters[] = [{}];
  for (const { name, values } of dials) {
    if (!values || values.length * grid.length > most) return null;
    grid = grid.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  return grid;
}

function drawn(
  dials: readonly PlannedDial[],
  count: number,
  random: () => number,
): Hyperparameters[] {
  const points = new Map<string, Hyperparameters>();
  for (let draw = 0; points.size < count && draw < count * DRAWS_PER_SETTING; draw += 1) {
    const values = dials.map((dial) => [dial.name, dial.draw(random)] as const);
    points.set(JSON.stringify(values), Object.fromEntries(values));
  }
  return [...points.values()];
}

function shuffled<Thing>(things: readonly Thing[], random: () => number): Thing[] {
  return [...shuffledIndices(things.length, random)].flatMap((place) => things[place] ?? []);
}

function oneOf(values: readonly number[], random: () => number): number {
  return values[Math.floor(random() * values.length)] ?? 0;
}

function invalid(what: string): LookalikeError {
  return new LookalikeError('INVALID_ARGUMENT', `"dials": ${what}.`);
}
