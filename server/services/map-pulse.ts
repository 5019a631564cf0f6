import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { MapLease } from '../domain/embedding-map.js';
import type { MapQueue } from '../ports/embedding-maps.js';

const BEAT_MS = 300;

/** Thrown out of the drawing when it is to stop: cancelled, or given back as the server stops. */
export class MapStopped extends Error {
  override readonly name = 'MapStopped';

  constructor(readonly status: 'CANCELLED' | 'QUEUED') {
    super(status === 'CANCELLED' ? 'cancelled by a user' : 'the server stops');
  }
}

/**
 * Keeps the lease of a map alive and asks, while it is drawn, whether to go on. The work calls `beat` as
 * often as it likes; a write is made when some time has gone by.
 */
export class MapPulse {
  private lastBeat = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly queue: MapQueue,
    private readonly lease: MapLease,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param share of the whole map that is done, 0 to 1
   * @throws MapStopped, LookalikeError LEASE_LOST
   */
  async beat(share: number): Promise<void> {
    // The time of day may be set back; this only grows.
    const now = performance.now();
    if (now - this.lastBeat < BEAT_MS) return;
    this.lastBeat = now;
    // A turn of the event loop, for the message that the parent process is gone or wants to stop.
    await turnOfTheEventLoop();
    if (this.signal.aborted) throw new MapStopped('QUEUED');
    const { cancelRequested } = await this.queue.heartbeat(this.lease, share);
    if (cancelRequested) throw new MapStopped('CANCELLED');
  }
}
