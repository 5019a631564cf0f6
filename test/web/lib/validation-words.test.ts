import { describe, expect, it } from 'vitest';
import { earlyStopWords, validationWords } from '../../../web/lib/validation-words';

const SCORE = { queryCount: 1000, baseCount: 10_000 };

describe('what a validation score is', () => {
  it('is told by labels and of images held out', () => {
    const words = validationWords({
      ...SCORE,
      measure: 'PRECISION_AT_10',
      seenInTraining: false,
    });
    expect(words).toContain('bear the label, of 1,000 TRAIN images held out from training');
    expect(words).toContain('a sample of 10,000');
    expect(words).not.toContain('flatters');
  });

  it('is told by copies, with a warning where the images are learned from', () => {
    const words = validationWords({ ...SCORE, measure: 'OWN_COPIES', seenInTraining: true });
    expect(words).toContain('altered copies');
    expect(words).toContain('that it learns from');
    expect(words).toContain('flatters');
  });
});

describe('an early stop', () => {
  const run = { epochsDone: 12, epochCount: 20, bestEpoch: 9 };

  it('is told with the best epoch', () => {
    expect(earlyStopWords({ ...run, stoppedEarly: true })).toBe(
      'Stopped early after epoch 12 of 20; the best was epoch 9',
    );
  });

  it('is nothing where there was none', () => {
    expect(earlyStopWords({ ...run, stoppedEarly: false })).toBeNull();
  });
});
