import { expect, it } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import { differenceOf } from '../../../server/services/live-index-opening.js';

/** The plain form, with sets. */
function plainDifference(have: readonly number[], wanted: readonly number[]) {
  const [present, known] = [new Set(have), new Set(wanted)];
  return {
    missing: wanted.filter((id) => !present.has(id)),
    extra: have.filter((id) => !known.has(id)).sort((a, b) => a - b),
  };
}

it('what came and went since an index was built is found as by comparing sets', () => {
  const random = seededRandom(7);
  for (let round = 0; round < 200; round += 1) {
    const some = () => {
      const share = random();
      return Array.from({ length: 40 }, (_, id) => id + 1).filter(() => random() < share);
    };
    const have = some().sort(() => random() - 0.5);
    const wanted = some();
    expect(differenceOf(have, wanted)).toEqual(plainDifference(have, wanted));
  }
});

it('nothing came or went where both are the same, or both empty', () => {
  expect(differenceOf([3, 1, 2], [1, 2, 3])).toEqual({ missing: [], extra: [] });
  expect(differenceOf([], [])).toEqual({ missing: [], extra: [] });
  expect(differenceOf([4_000_000_000, 1], [])).toEqual({ missing: [], extra: [1, 4_000_000_000] });
  expect(differenceOf([], [1, 2])).toEqual({ missing: [1, 2], extra: [] });
});
