import { expect, it } from 'vitest';
import { formatMicroseconds, formatRecall, recallWords } from '../../../web/lib/recall-words';

const MEASURED = {
  efSearch: 27,
  recall: 0.9912,
  recallTarget: 0.99,
  reachesRecallTarget: true,
  recallCurve: [{ ef: 27, microseconds: 31.4 }],
};

it('a recall is never rounded up to a target that it misses', () => {
  expect([0.98999, 0.99, 1].map(formatRecall)).toEqual(['98.9 %', '99.0 %', '100.0 %']);
  expect([3.24, 41.4, 1234].map(formatMicroseconds)).toEqual(['3.2 µs', '41 µs', '1,234 µs']);
});

it('an index that reaches its target says so', () => {
  expect(recallWords(MEASURED)).toBe(
    'A search looks at 27 candidates (ef) and finds 99.1 % of the true 10 nearest in about 31 µs. ' +
      'Of all that were tried, that is the smallest ef that reaches the target of 99.0 %.',
  );
});

it('an index that does not says what to do', () => {
  const missed = { ...MEASURED, recall: 0.95, reachesRecallTarget: false };
  expect(recallWords(missed)).toContain('No ef that was tried reaches the target of 99.0 %');
});

it('an index that was not measured says why', () => {
  const unmeasured = { ...MEASURED, recall: null, reachesRecallTarget: null, recallCurve: [] };
  expect(recallWords(unmeasured)).toContain('too little to measure');
  expect(recallWords({ ...unmeasured, recallTarget: null })).toContain('as its run was told');
});
