import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationRequest } from '../api/context.js';
import type { Reading } from '../domain/gauges.js';
import type { Log } from '../ports/log.js';
import type { Metrics } from '../ports/metrics.js';
import type { Tracing } from '../ports/tracing.js';
import { REQUEST_ID, requestIdOf } from './request-id.js';
import { pathOf } from './request-path.js';
import { routeNameOf } from './route-name.js';

/** What is told of requests beside the log. */
export interface Watching {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

/** Names requests, and tells log and metrics when they have been answered. */
export class RequestWatch {
  private openRequests = 0;
  private openSockets = 0;
  private openOperations = 0;

  constructor(
    private readonly log: Log,
    private readonly watching: Watching,
    private readonly isBehindProxy: boolean,
  ) {}

  begin(request: IncomingMessage, response: ServerResponse): OperationRequest {
    const started = performance.now();
    const requestId = requestIdOf(request, this.isBehindProxy);
    const record: OperationRequest = { origin: { requestId, traceparent: null }, operation: null };
    const path = pathOf(request.url);
    // GraphQL tells it in the one piece in which it answers, which is quicker.
    if (path !== '/graphql') response.setHeader(REQUEST_ID, requestId);
    this.openRequests += 1;
    response.once('close', () => {
      this.openRequests -= 1;
      this.tell(request, response, record, path, performance.now() - started);
    });
    return record;
  }

  /** Answers within a span: of the trace that a trusted proxy has begun, or of a new one. */
  answerTraced(
    request: IncomingMessage,
    response: ServerResponse,
    { origin: { requestId } }: OperationRequest,
    answer: () => Promise<void>,
  ): Promise<void> {
    const { tracing } = this.watching;
    if (!tracing.isOn) return answer();
    const name = `${request.method} ${routeNameOf(pathOf(request.url))}`;
    const given = this.isBehindProxy ? request.headers['traceparent'] : undefined;
    const parent = typeof given === 'string' ? given : null;
    const attributes = { 'lookalike.request_id': requestId };
    return tracing.inSpan(name, { attributes, isAnswer: true, parent }, async (span) => {
      await answer();
      span.set({ 'http.response.status_code': response.statusCode });
    });
  }

  /** Carries out an operation within a span, of which what it starts is a part. */
  operationTraced<T>(record: OperationRequest, work: () => Promise<T>): Promise<T> {
    const { tracing } = this.watching;
    if (!tracing.isOn) return work();
    return tracing.inSpan('GraphQL', {}, async (span) => {
      record.origin = { ...record.origin, traceparent: tracing.traceparent() };
      try {
        return await work();
      } finally {
        span.rename(`GraphQL ${record.operation ?? 'other'}`);
      }
    });
  }

  /** A connection of many operations. Its own id begins those of all of them. */
  connected(request: IncomingMessage): WatchedOperations {
    this.openSockets += 1;
    return new WatchedOperations(requestIdOf(request, this.isBehindProxy), {
      begun: () => (this.openOperations += 1),
      ended: (watched) => this.tellOperation(watched),
      closed: () => (this.openSockets -= 1),
    });
  }

  readings(): Reading[] {
    return [
      ['http_requests_open', this.openRequests],
      ['websockets', this.openSockets],
      ['subscriptions', this.openOperations],
    ];
  }

  /** The path without what stands behind its `?`: that may be anything, also what nobody else may know. */
  private tell(
    { method }: IncomingMessage,
    { statusCode, writableFinished }: ServerResponse,
    { origin: { requestId }, operation }: OperationRequest,
    path: string,
    ms: number,
  ): void {
    this.watching.metrics.answered({
      over: 'http',
      operation: operation ?? routeNameOf(path),
      status: String(statusCode),
      seconds: ms / 1000,
    });
    if (!this.log.tells('debug')) return;
    this.log.debug(`${method} ${path}`, {
      requestId,
      ...(operation !== null && { operation }),
      ...{ status: statusCode, ms: Math.round(ms * 10) / 10 },
      ...(!writableFinished && { cutOff: true }),
    });
  }

  private tellOperation({ record, started, hasFailed }: WatchedOperation): void {
    this.openOperations -= 1;
    const seconds = (performance.now() - started) / 1000;
    const operation = record.operation ?? 'other';
    const status = hasFailed ? 'error' : 'ok';
    this.watching.metrics.answered({ over: 'websocket', operation, status, seconds });
    const { requestId } = record.origin;
    this.log.debug(`WebSocket ${operation}`, { requestId, status, ms: Math.round(seconds * 1000) });
  }
}

interface WatchedOperation {
  readonly record: OperationRequest;
  readonly started: number;
  hasFailed: boolean;
}

interface Listener {
  begun(): void;
  ended(operation: WatchedOperation): void;
  closed(): void;
}

/** The operations of a WebSocket, by the ids that its client gave them. */
export class WatchedOperations {
  private readonly going = new Map<string, WatchedOperation>();
  private count = 0;

  constructor(
    readonly connectionId: string,
    private readonly listener: Listener,
  ) {}

  begin(id: string): OperationRequest {
    this.end(id);
    this.count += 1;
    const requestId = `${this.connectionId}.${this.count}`;
    const record = { origin: { requestId, traceparent: null }, operation: null };
    this.going.set(id, { record, started: performance.now(), hasFailed: false });
    this.listener.begun();
    return record;
  }

  /** One that has begun; what is asked about none is told under a new id. */
  of(id: string): OperationRequest {
    return this.going.get(id)?.record ?? this.begin(id);
  }

  /** The request of an operation that has come to an error. */
  failed(id: string): OperationRequest {
    const record = this.of(id);
    const watched = this.going.get(id);
    if (watched) watched.hasFailed = true;
    return record;
  }

  end(id: string): void {
    const ended = this.going.get(id);
    if (!ended) return;
    this.going.delete(id);
    this.listener.ended(ended);
  }

  /** The connection is gone, and all of them with it. */
  close(): void {
    for (const id of [...this.going.keys()]) this.end(id);
    this.listener.closed();
  }
}
