import { crc32 } from 'node:zlib';
import { expect, vi } from 'vitest';
import { mixSeeds, seededRandom } from '../../server/domain/random.js';

/** `LOOKALIKE_FUZZ_SEED=7 LOOKALIKE_FUZZ_ROUNDS=20 npm test -- test/fuzz` looks at 20 times as many, and others. */
const SEED = wholeNumber('LOOKALIKE_FUZZ_SEED', 1);
const TIMES = wholeNumber('LOOKALIKE_FUZZ_ROUNDS', 1);
/** Far more than anything may take here, also beside other tests. */
export const HANGS_MS = 120_000;
vi.setConfig({ testTimeout: 600_000 * TIMES });
/** Of the things found wrong, as many are shown. */
const SHOWN = 5;

/** What is tried in one round, and what of it is wrong; null where nothing is. */
export type Trial = (random: () => number, round: number) => Promise<string | null>;

/**
 * Makes so many trials, several at a time, each with random numbers of its own, so that a round can be
 * repeated alone. Tells how many there were, and fails with what was found wrong.
 * @param name of what is tried: it decides the random numbers, beside the seed
 */
export async function tryAll(
  name: string,
  { rounds, together = 1 }: { readonly rounds: number; readonly together?: number },
  trial: Trial,
): Promise<void> {
  const base = mixSeeds(SEED, crc32(name));
  const wrong: string[] = [];
  let slowestMs = 0;
  let next = 0;
  const total = Math.round(rounds * TIMES);
  const work = async () => {
    while (next < total) {
      const round = (next += 1);
      const started = performance.now();
      const found = await trial(seededRandom(mixSeeds(base, round)), round);
      slowestMs = Math.max(slowestMs, performance.now() - started);
      if (found !== null) wrong.push(`round ${round}: ${found}`);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  console.log(
    `${name}: ${total} tried with seed ${SEED}, ${wrong.length} wrong, ` +
      `the slowest ${Math.round(slowestMs)} ms`,
  );
  expect(wrong.slice(0, SHOWN), `${wrong.length} of ${total}, seed ${SEED}`).toEqual([]);
}

function wholeNumber(name: string, otherwise: number): number {
  const given = Number(process.env[name] || otherwise);
  if (Number.isInteger(given) && given > 0) return given;
  throw new Error(`${name} must be a whole number from 1.`);
}
