import { describe, expect, it } from 'vitest';
import {
  hasEnded,
  isResumable,
  RUN_STATUSES,
  secondsLeft,
  type Epoch,
} from '../../../server/domain/training-run.js';

function epochsOf(...seconds: number[]): Epoch[] {
  return seconds.map((each, at) => ({
    runId: 1,
    epoch: at + 1,
    loss: 1,
    seconds: each,
    finishedAt: new Date(0),
    validation: null,
  }));
}

describe('the seconds left', () => {
  it('are unknown before the first epoch is done', () => {
    expect(secondsLeft([], 10, 0.05)).toBeNull();
  });

  it('follow from the epochs to come', () => {
    expect(secondsLeft(epochsOf(9, 4, 6), 10, 0.3)).toBe(7 * 6);
  });

  it('do not count what was prepared in one of them, at the start or when it was resumed', () => {
    expect(secondsLeft(epochsOf(150), 12, 1 / 12)).toBe(11 * 150);
    expect(secondsLeft(epochsOf(150, 40), 12, 2 / 12)).toBe(10 * 40);
    expect(secondsLeft(epochsOf(150, 40, 41), 12, 3 / 12)).toBe(9 * 41);
    expect(secondsLeft(epochsOf(150, 40, 90, 40, 40), 12, 5 / 12)).toBe(7 * 40);
  });

  it('follow from the last five epochs only', () => {
    expect(secondsLeft(epochsOf(1, 9, 2, 8, 4, 6), 8, 6 / 8)).toBe(2 * 6);
  });

  it('go down within an epoch', () => {
    expect(secondsLeft(epochsOf(10), 4, 0.375)).toBe(2.5 * 10);
  });

  it('do not go up when the progress lags behind the epochs', () => {
    expect(secondsLeft(epochsOf(10, 10), 4, 0)).toBe(20);
  });

  it('are 0 after the last epoch, whatever the progress of the next phase', () => {
    expect(secondsLeft(epochsOf(10, 10), 2, 0.1)).toBe(0);
    expect(secondsLeft(epochsOf(10, 10, 10), 2, 1)).toBe(0);
  });
});

it('a run has ended when nobody will work on it unasked', () => {
  expect(RUN_STATUSES.filter(hasEnded)).toEqual(['SUCCEEDED', 'FAILED', 'CANCELLED']);
});

it('a run can be resumed when it stopped without a model', () => {
  expect(RUN_STATUSES.filter(isResumable)).toEqual(['INTERRUPTED', 'FAILED', 'CANCELLED']);
});
