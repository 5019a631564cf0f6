import { expect, it } from 'vitest';
import { firstUnpassed } from '../../../server/domain/bisection.js';

it('the first place that is not passed is found, whichever it is, and asked for seldom', () => {
  for (let count = 0; count <= 40; count += 1) {
    for (let first = 0; first <= count; first += 1) {
      const asked: number[] = [];
      const isPassed = (place: number) => {
        asked.push(place);
        return place < first;
      };
      expect(firstUnpassed(count, isPassed)).toBe(first);
      expect(asked.every((place) => place >= 0 && place < count)).toBe(true);
      expect(asked.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count + 1)));
    }
  }
});
