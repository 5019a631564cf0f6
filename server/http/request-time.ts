import { Abandoned, type StopSignal } from '../domain/aborting.js';
import { LookalikeError } from '../domain/errors.js';

/** Mutations may wait for files, or for other writers: each has at least so many seconds. */
const MUTATION_SECONDS = 600;

/**
 * The time that an operation has. When it is over, or when whoever asked has gone, the signal tells the work
 * behind it to stop, and nobody waits for that any longer.
 */
export class RequestTime implements StopSignal {
  private controller: AbortController | null = null;
  private reason: LookalikeError | null = null;
  private giveUp: ((reason: LookalikeError) => void) | null = null;
  private timer: NodeJS.Timeout | null = null;
  private seconds: number;

  /** @param querySeconds how long a query may take */
  constructor(private readonly querySeconds: number) {
    this.seconds = querySeconds;
  }

  /** Made when it is first asked for: most queries are answered before anybody does. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.reason) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  /** @throws LookalikeError TIMED_OUT, Abandoned */
  throwIfAborted(): void {
    if (this.reason) throw this.reason;
  }

  /** Gives the operation the time of a mutation. */
  extend(): void {
    this.seconds = Math.max(this.querySeconds, MUTATION_SECONDS);
    if (this.timer) this.start();
  }

  /** Lets the time begin, and waits. @throws LookalikeError TIMED_OUT, Abandoned; whatever the work throws */
  async within<T>(work: Promise<T>): Promise<T> {
    if (!this.timer) this.start();
    try {
      return await new Promise<T>((resolve, reject) => {
        this.giveUp = reject;
        work.then(resolve, reject);
      });
    } finally {
      this.giveUp = null;
    }
  }

  /** The operation is answered. */
  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Whoever asked has gone. */
  leave(): void {
    if (this.giveUp) this.end(new Abandoned());
  }

  private start(): void {
    this.stop();
    const { seconds } = this;
    this.timer = setTimeout(() => {
      const message =
        `The answer took longer than ${seconds} seconds. Ask for less at a time; what a mutation was to do ` +
        'may be done all the same.';
      this.end(new LookalikeError('TIMED_OUT', message));
    }, seconds * 1000);
  }

  private end(reason: LookalikeError): void {
    this.stop();
    this.reason = reason;
    this.controller?.abort(reason);
    this.giveUp?.(reason);
  }
}
