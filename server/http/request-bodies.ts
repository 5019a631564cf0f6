import type { IncomingMessage } from 'node:http';

export interface BodyTimes {
  /** Milliseconds without a byte. */
  readonly stall: number;
  /** Milliseconds that are left to whoever still sends what nobody reads any more. */
  readonly farewell: number;
  /** Milliseconds between two looks. */
  readonly look: number;
}

const TIMES: BodyTimes = { stall: 30_000, farewell: 5000, look: 1000 };

/** A body that is under way. */
interface Body {
  /** When it has to be there, in milliseconds since 1970. */
  until: number;
  bytesRead: number;
  movedAt: number;
}

/**
 * The bodies that clients are sending. One that is not there in time, or does not move on, is given up with its
 * connection: whoever sends a byte a minute would hold memory and disk for as long as they like.
 */
export class RequestBodies {
  private readonly open = new Map<IncomingMessage, Body>();
  private readonly looking: NodeJS.Timeout;

  constructor(private readonly times = TIMES) {
    this.looking = setInterval(() => this.look(), times.look).unref();
  }

  /** @param most milliseconds that the whole body may take */
  enter(request: IncomingMessage, most: number): void {
    const now = Date.now();
    const { bytesRead } = request.socket;
    this.open.set(request, { until: now + most, bytesRead, movedAt: now });
  }

  /** The request is answered. What still comes of it is thrown away, for a moment. */
  leave(request: IncomingMessage): void {
    const body = this.open.get(request);
    if (!body) return;
    if (request.complete || request.destroyed) {
      this.open.delete(request);
      return;
    }
    request.unpipe();
    request.resume();
    // To be cut off at once, a client would not hear the answer.
    body.until = Math.min(body.until, Date.now() + this.times.farewell);
  }

  close(): void {
    clearInterval(this.looking);
  }

  private look(): void {
    const now = Date.now();
    for (const [request, body] of this.open) {
      if (request.complete || request.destroyed) {
        this.open.delete(request);
        continue;
      }
      const { bytesRead } = request.socket;
      // Where something waits to be read, it is we who do not move on.
      if (bytesRead !== body.bytesRead || request.readableLength > 0) {
        body.bytesRead = bytesRead;
        body.movedAt = now;
      }
      if (now < body.until && now - body.movedAt < this.times.stall) continue;
      this.open.delete(request);
      request.destroy();
    }
  }
}
