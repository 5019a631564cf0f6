import { describe, expect, it } from 'vitest';
import { chooseEf, EF_LADDER, recallAt } from '../../../server/domain/recall-curve.js';

/** An index whose recall grows with ef as it is told. */
function choose(target: number, recallOf: (ef: number) => number) {
  const tried: number[] = [];
  const choice = chooseEf(target, (ef) => {
    tried.push(ef);
    return Promise.resolve({ ef, recall: recallOf(ef), microseconds: ef });
  });
  return choice.then((made) => ({ ...made, tried }));
}

const saturating = (ef: number) => 1 - 0.5 / ef;

describe('the choice of ef for a recall target', () => {
  it.each([0.96, 0.97, 0.99, 0.995, 0.999])('is the smallest that reaches %f', async (target) => {
    const { ef, curve, tried } = await choose(target, saturating);
    expect(saturating(ef)).toBeGreaterThanOrEqual(target);
    expect(ef === 10 || saturating(ef - 1) < target).toBe(true);
    expect(curve.map((point) => point.ef)).toEqual([...tried].sort((a, b) => a - b));
    expect(new Set(tried).size).toBe(tried.length);
  });

  it('shows what more than the target would bring', async () => {
    const { ef, curve } = await choose(0.99, saturating);
    expect(curve.filter((point) => point.ef > ef).length).toBeGreaterThanOrEqual(2);
  });

  it('stops where nothing more can be found', async () => {
    const { ef, tried } = await choose(0.99, () => 1);
    expect([ef, tried]).toEqual([10, [10]]);
  });

  it('is the best of the ladder where none reaches the target, and stays within bounds', async () => {
    const { ef, tried, curve } = await choose(1, (tried) => Math.min(0.9, tried / 1000));
    expect(tried).toEqual(EF_LADDER);
    expect(ef).toBe(1024);
    expect(recallAt(curve, ef)).toBe(0.9);
  });

  it('does not pay for candidates that find nothing more', async () => {
    const { ef } = await choose(0.95, (tried) => (tried >= 64 ? 0.9 : 0.5));
    expect(ef).toBe(64);
  });
});

it('a recall that was not measured is none', () => {
  expect(recallAt([{ ef: 10, recall: 0.9, microseconds: 3 }], 11)).toBeNull();
});
