/** A number from the environment; `npm run test:faults` puts its options there. */
function numberOf(name: string, usual: number): number {
  const given = process.env[name];
  if (given === undefined || given === '') return usual;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${name} is no whole number.`);
  return number;
}

/** Whether somebody has asked for everything, and not for what `npm test` has time for. */
export const IS_WHOLE = process.env['LOOKALIKE_FAULTS_KILLS'] !== undefined;

/** Of cases that are much alike all, or one by turns of `at`. */
export function casesOf<T>(all: readonly T[], at = 0): readonly T[] {
  return IS_WHOLE ? all : all.filter((_, position) => position === at % all.length);
}

/** How often the server is killed; a few times where nobody asks for more. */
export const KILLS = numberOf('LOOKALIKE_FAULTS_KILLS', 10);
/** For how many minutes at most; 0 is as long as the kills take. */
export const MINUTES = numberOf('LOOKALIKE_FAULTS_MINUTES', 0);
/** Other seeds, other moments. */
export const SEED = numberOf('LOOKALIKE_FAULTS_SEED', 1);
/** How many minutes the soak takes; 0 leaves it out. */
export const SOAK_MINUTES = numberOf('LOOKALIKE_FAULTS_SOAK', 0);
/** Only these kinds of kills; all where it is empty. */
export const KINDS = (process.env['LOOKALIKE_FAULTS_KINDS'] ?? '').split(',').filter(Boolean);
