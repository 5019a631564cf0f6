import { describe, expect, it } from 'vitest';
import { mixSeeds, seededRandom, shuffledIndices } from '../../../server/domain/random.js';

function draw(seed: number, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
}

describe('seeded random numbers', () => {
  it('are the same for the same seed and others for another', () => {
    expect(draw(42, 100)).toEqual(draw(42, 100));
    expect(draw(42, 3)).not.toEqual(draw(43, 3));
  });

  it('lie from 0 to below 1 and fill ten bins evenly', () => {
    for (const seed of [0, 1, 2_147_483_647, 4_294_967_295]) {
      const numbers = draw(seed, 20_000);
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      const bins = new Array<number>(10).fill(0);
      for (const number of numbers)
        bins[Math.floor(number * 10)] = (bins[Math.floor(number * 10)] ?? 0) + 1;
      // Six standard deviations of a fair bin are 254.
      for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(254);
    }
  });

  it('do not follow from each other', () => {
    const numbers = draw(7, 20_000);
    const products = numbers
      .slice(1)
      .map((number, at) => (number - 0.5) * ((numbers[at] ?? 0) - 0.5));
    const covariance = products.reduce((sum, product) => sum + product, 0) / products.length;
    expect(Math.abs(covariance * 12)).toBeLessThan(0.04);
  });
});

describe('mixed seeds', () => {
  it('differ for every epoch and every run, and are whole 32-bit numbers', () => {
    const mixed = [0, 1, 2, 3].flatMap((run) =>
      Array.from({ length: 100 }, (_, epoch) => mixSeeds(run, epoch)),
    );
    expect(new Set(mixed).size).toBe(400);
    expect(mixed.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  });
});

describe('shuffled indices', () => {
  it.each([0, 1, 2, 17, 1000])('of %i hold every number once', (length) => {
    const order = shuffledIndices(length, seededRandom(1));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, at) => at));
  });

  it('are the same for the same seed and in another order for another', () => {
    const orders = [3, 3, 4].map((seed) => [...shuffledIndices(50, seededRandom(seed))]);
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).not.toEqual(orders[0]);
  });

  it('come in all orders about equally often', () => {
    const random = seededRandom(5);
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round += 1) {
      const order = shuffledIndices(3, random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Six standard deviations of a fair count are 173.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(173);
  });
});
