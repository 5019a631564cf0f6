import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationRequest } from '../api/context.js';
import type { Log } from '../ports/log.js';
import { REQUEST_ID, requestIdOf } from './request-id.js';
import { pathOf } from './request-path.js';

/** Begins to watch a request, names it, and tells the log when it has been answered. */
export class RequestWatch {
  constructor(
    private readonly log: Log,
    private readonly isBehindProxy: boolean,
  ) {}

  begin(request: IncomingMessage, response: ServerResponse): OperationRequest {
    const started = performance.now();
    const id = requestIdOf(request, this.isBehindProxy);
    const record: OperationRequest = {
      origin: { requestId: id, traceparent: null },
      operation: null,
    };
    // GraphQL tells it in the one piece in which it answers, which is quicker.
    if (pathOf(request.url) !== '/graphql') response.setHeader(REQUEST_ID, id);
    if (this.log.tells('debug')) {
      response.once('close', () => this.tell(request, response, record, started));
    }
    return record;
  }

  /** A connection of many operations. Its own id begins those of all of them. */
  connected(request: IncomingMessage): WatchedOperations {
    return new WatchedOperations(this.log, requestIdOf(request, this.isBehindProxy));
  }

  /** The path without what stands behind its `?`: that may be anything, also what nobody else may know. */
  private tell(
    request: IncomingMessage,
    response: ServerResponse,
    { origin: { requestId }, operation }: OperationRequest,
    started: number,
  ): void {
    const path = pathOf(request.url);
    this.log.debug(`${request.method} ${path}`, {
      requestId,
      ...(operation !== null && { operation }),
      status: response.statusCode,
      ms: Math.round((performance.now() - started) * 10) / 10,
      ...(!response.writableFinished && { cutOff: true }),
    });
  }
}

interface Watched {
  readonly record: OperationRequest;
  readonly started: number;
}

/** The operations of a WebSocket, by the ids that its client gave them. */
export class WatchedOperations {
  private readonly going = new Map<string, Watched>();
  private count = 0;

  constructor(
    private readonly log: Log,
    readonly connectionId: string,
  ) {}

  begin(id: string): OperationRequest {
    this.count += 1;
    const requestId = `${this.connectionId}.${this.count}`;
    const record = { origin: { requestId, traceparent: null }, operation: null };
    this.going.set(id, { record, started: performance.now() });
    return record;
  }

  /** One that has begun; what is asked about none is told under a new id. */
  of(id: string): OperationRequest {
    return this.going.get(id)?.record ?? this.begin(id);
  }

  end(id: string): void {
    const ended = this.going.get(id);
    if (!ended) return;
    this.going.delete(id);
    const { record, started } = ended;
    this.log.debug(`WebSocket ${record.operation ?? 'refused'}`, {
      requestId: record.origin.requestId,
      ms: Math.round(performance.now() - started),
    });
  }

  endAll(): void {
    for (const id of [...this.going.keys()]) this.end(id);
  }
}
