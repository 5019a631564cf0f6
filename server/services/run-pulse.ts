import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { Lease, RunPhase, StopReason } from '../domain/training-run.js';
import type { TrainingQueue } from '../ports/training-runs.js';

const BEAT_MS = 300;

/** Thrown out of a run's work when it is to stop. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';

  constructor(
    readonly status: 'CANCELLED' | 'INTERRUPTED',
    /** Where its sweep has stopped it. */
    readonly reason: StopReason | null = null,
    message = status === 'CANCELLED' ? 'cancelled by a user' : 'the server stops',
  ) {
    super(message);
  }
}

/**
 * Keeps a trainer's lease alive and asks, while it works, whether to go on. The work calls `beat`
 * as often as it likes; a write is made when some time has gone by.
 */
export class RunPulse {
  private phase: RunPhase = 'LOADING';
  private lastBeat = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly queue: TrainingQueue,
    private readonly lease: Lease,
    private readonly announce: () => void,
    private readonly signal: AbortSignal,
  ) {}

  async enter(phase: RunPhase): Promise<void> {
    this.phase = phase;
    this.lastBeat = Number.NEGATIVE_INFINITY;
    await this.beat(0);
  }

  /**
   * @param share of the phase that is done, 0 to 1
   * @throws RunStopped, LookalikeError LEASE_LOST
   */
  async beat(share: number): Promise<void> {
    // The time of day may be set back; this only grows.
    const now = performance.now();
    if (now - this.lastBeat < BEAT_MS) return;
    this.lastBeat = now;
    // A turn of the event loop, for the message that the parent process is gone or wants to stop.
    await turnOfTheEventLoop();
    if (this.signal.aborted) throw new RunStopped('INTERRUPTED');
    const { cancelRequested } = await this.queue.heartbeat(this.lease, this.phase, share);
    this.announce();
    if (cancelRequested) throw new RunStopped('CANCELLED');
  }
}
