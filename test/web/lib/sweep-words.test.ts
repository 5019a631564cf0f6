import { expect, it } from 'vitest';
import { dialWords, stopWords, winnerOf } from '../../../web/lib/sweep-words';

it('a run that its sweep has stopped is told why, and when', () => {
  expect(stopWords({ stopReason: null, epochsDone: 3 })).toBeNull();
  expect(stopWords({ stopReason: 'LAGGING', epochsDone: 3 })).toBe('Lagged, stopped after epoch 3');
  expect(stopWords({ stopReason: 'BUDGET', epochsDone: 2 })).toMatch(/stopped after epoch 2$/);
  expect(stopWords({ stopReason: 'BUDGET', epochsDone: 0 })).toMatch(/^Not begun/);
});

it('the values of a dial, or their range, in words', () => {
  expect(dialWords({ values: [0.1, 1000], range: null })).toBe('0.1, 1,000');
  const range = { low: 0.001, high: 0.1, scale: 'LOG' };
  expect(dialWords({ values: null, range })).toBe('from 0.001 to 0.1, logarithmic');
  expect(dialWords({ range: { ...range, scale: 'LINEAR' } })).toBe('from 0.001 to 0.1');
});

it('the winner is the best that has left a model', () => {
  const setting = (rank: number | null, model: string | null) => ({
    rank,
    run: { model: model === null ? null : { id: model } },
  });
  const [first, second, third] = [setting(1, null), setting(2, '7'), setting(null, '8')];
  expect(winnerOf([first, second, third])).toBe(second);
  expect(winnerOf([first, third])).toBe(third);
  expect(winnerOf([first])).toBeNull();
});
