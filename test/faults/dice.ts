import { mixSeeds, seededRandom } from '../../server/domain/random.js';

/** Draws that can be drawn again: the same seed gives the same ones. */
export class Dice {
  private readonly random: () => number;

  constructor(private readonly seed: number) {
    this.random = seededRandom(seed);
  }

  /** Draws of their own, whatever was drawn here before. */
  for(part: number): Dice {
    return new Dice(mixSeeds(this.seed, part));
  }

  /** Uniform from 0 up to `end`. */
  upTo(end: number): number {
    return this.random() * end;
  }

  /** A whole number from 0 to `end - 1`. */
  whole(end: number): number {
    return Math.floor(this.random() * end);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  pick<T>(things: readonly T[]): T {
    const thing = things[this.whole(things.length)];
    if (thing === undefined) throw new Error('There is nothing to draw from.');
    return thing;
  }

  /** Waits for up to so many milliseconds. */
  async pause(longestMs: number): Promise<void> {
    await pause(this.upTo(longestMs));
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until something holds; gives up, with these words, when it takes much too long. */
export async function until(
  words: string,
  isReached: () => Promise<boolean> | boolean,
  { everyMs = 50, patienceMs = 120_000 } = {},
): Promise<void> {
  const start = performance.now();
  while (!(await isReached())) {
    if (performance.now() - start > patienceMs) throw new Error(`It never came: ${words}.`);
    await pause(everyMs);
  }
}
