/** How numbers and times are written everywhere. */

const counts = new Intl.NumberFormat('en-GB');
const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const clocks = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export function formatCount(value: number): string {
  return counts.format(value);
}

/** `1 image`, `60,000 images`. */
export function formatNumberOf(value: number, noun: string, plural = `${noun}s`): string {
  return `${counts.format(value)} ${value === 1 ? noun : plural}`;
}

export function formatFixed(value: number, digits: number): string {
  return value.toFixed(digits);
}

/** A share from 0 to 1 as a percentage. */
export function formatPercent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)}%`;
}

export function formatLoss(loss: number): string {
  return loss.toFixed(3);
}

/** A share from 0 to 1 that is compared to the third digit: `0.806`, or a dash. */
export function formatScore(score: number | null | undefined): string {
  return score === null || score === undefined ? '–' : score.toFixed(3);
}

/** What a hyper-parameter of this name is set to; no training images are all of them. */
export function formatHyperparameter(name: string, value: number): string {
  if (name === 'trainingImages' && value === 0) return 'all';
  return name === 'seed' ? String(value) : formatValue(value);
}

/** `8.2 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `4.1 ms` */
export function formatMilliseconds(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

export function formatDateTime(iso: string): string {
  return dates.format(new Date(iso));
}

export function formatClock(iso: string): string {
  return clocks.format(new Date(iso));
}

/** A value of a hyper-parameter: `0.001`, `60,000`. */
export function formatValue(value: number): string {
  return Number.isInteger(value) ? counts.format(value) : String(value);
}
