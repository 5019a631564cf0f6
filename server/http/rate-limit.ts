/** What is left of what a caller may ask, as of when it was last counted. */
interface Bucket {
  left: number;
  at: number;
}

const MINUTE_MS = 60_000;
/** Those that were seen last: a flood of addresses must not fill the memory. */
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
    const bucket = this.bucketOf(caller, now);
    const perMs = this.perMinute / MINUTE_MS;
    bucket.left = Math.min(this.perMinute, bucket.left + Math.max(0, now - bucket.at) * perMs);
    bucket.at = now;
    if (bucket.left < 1) return Math.ceil((1 - bucket.left) / perMs / 1000);
    bucket.left -= 1;
    return 0;
  }

  private bucketOf(caller: string | number, now: number): Bucket {
    const known = this.buckets.get(caller);
    if (known) return known;
    const bucket = { left: this.perMinute, at: now };
    this.buckets.set(caller, bucket);
    const [oldest] = this.buckets.keys();
    if (this.buckets.size > MOST_KEPT && oldest !== undefined) this.buckets.delete(oldest);
    return bucket;
  }
}
