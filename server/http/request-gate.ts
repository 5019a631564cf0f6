import type { IncomingMessage } from 'node:http';
import type { Caller } from '../domain/access.js';
import { networkOf } from '../domain/network.js';
import { clientAddress } from './client-address.js';
import { RateLimit } from './rate-limit.js';

/** For whoever is not let in: enough for a page of the console whose session has ended. */
const REFUSED_PER_MINUTE = 300;

/**
 * How much each caller may ask: by its key; by its address where it has none. Admins may ask as much as the
 * machine gives: it is theirs.
 */
export class RequestGate {
  private readonly keys: RateLimit;
  private readonly addresses: RateLimit;
  private readonly refused = new RateLimit(REFUSED_PER_MINUTE);

  /** @param isBehindProxy whether a proxy of ours tells the address, in `X-Forwarded-For` */
  constructor(
    perMinute: number,
    private readonly isBehindProxy: boolean,
  ) {
    this.keys = new RateLimit(perMinute);
    this.addresses = new RateLimit(perMinute);
  }

  /** The seconds to wait before the request may be made again; 0 where it may pass. */
  secondsToWait(caller: Caller | null, request: IncomingMessage): number {
    if (caller?.role === 'ADMIN') return 0;
    const now = Date.now();
    if (!caller) return this.refused.take(this.networkOf(request), now);
    if (caller.keyId !== null) return this.keys.take(caller.keyId, now);
    return this.addresses.take(this.networkOf(request), now);
  }

  /** Whether whoever asks has been refused so often that it is not even looked up who they are. */
  isShutOut(request: IncomingMessage): boolean {
    return this.refused.isExhausted(this.networkOf(request), Date.now());
  }

  /** What counts as one place that requests come from. */
  networkOf(request: IncomingMessage): string {
    return networkOf(clientAddress(request, this.isBehindProxy));
  }
}
