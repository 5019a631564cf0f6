/** What is left of what a caller may ask, as of when it was last counted. */
interface Bucket {
  readonly left: number;
  readonly at: number;
}

const MINUTE_MS = 60_000;
/** Those that have asked last: a flood of addresses must not fill the memory, nor drive out who keeps asking. */
const MOST_KEPT = 20_000;

/**
 * So many requests a minute for each caller, in buckets that fill up again evenly ("token bucket"), and hold
 * a minute's worth.
 */
export class RateLimit {
  private readonly buckets = new Map<string | number, Bucket>();

  constructor(private readonly perMinute: number) {}

  /**
   * Counts a request.
   * @param now milliseconds since 1970
   * @returns the seconds to wait before the next try; 0 where this one may pass
   */
  take(caller: string | number, now: number): number {
    const left = this.leftOf(caller, now);
    const perMs = this.perMinute / MINUTE_MS;
    const isLeft = left >= 1;
    // At the end of the map: the first in it is who has not asked for longest.
    this.buckets.delete(caller);
    this.buckets.set(caller, { left: isLeft ? left - 1 : left, at: now });
    const [oldest] = this.buckets.keys();
    if (this.buckets.size > MOST_KEPT && oldest !== undefined) this.buckets.delete(oldest);
    return isLeft ? 0 : Math.ceil((1 - left) / perMs / 1000);
  }

  /** Whether a request would have to wait; it is not counted. */
  isExhausted(caller: string | number, now: number): boolean {
    return this.leftOf(caller, now) < 1;
  }

  private leftOf(caller: string | number, now: number): number {
    const bucket = this.buckets.get(caller);
    if (!bucket) return this.perMinute;
    const regained = (Math.max(0, now - bucket.at) * this.perMinute) / MINUTE_MS;
    return Math.min(this.perMinute, bucket.left + regained);
  }
}
