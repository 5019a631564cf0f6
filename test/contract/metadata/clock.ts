import { onTestFinished, vi } from 'vitest';

export interface Clock {
  /** Lets time go by. */
  pass(milliseconds: number): void;
}

/** Longer than any lease. */
export const ONE_HOUR = 3_600_000;

/** Takes the time of day into the test's hands until it ends; what only grows goes on beside it, timers keep running. */
export function standingClock(): Clock {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:00Z') });
  const growing = performance.now.bind(performance);
  let passed = 0;
  const watched = vi.spyOn(performance, 'now').mockImplementation(() => growing() + passed);
  onTestFinished(() => {
    watched.mockRestore();
    vi.useRealTimers();
  });
  return {
    pass: (milliseconds) => {
      passed += milliseconds;
      vi.setSystemTime(Date.now() + milliseconds);
    },
  };
}
