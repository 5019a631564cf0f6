import { onTestFinished, vi } from 'vitest';

export interface Clock {
  /** Lets time go by. */
  pass(milliseconds: number): void;
}

/** Longer than any lease. */
export const ONE_HOUR = 3_600_000;

/** Takes the clock into the test's hands until it ends; timers keep running. */
export function standingClock(): Clock {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  return { pass: (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds) };
}
