import type { Reading } from '../domain/gauges.js';

/** A request that has been answered, or an operation over a WebSocket that has ended. */
export interface AnsweredRequest {
  readonly over: 'http' | 'websocket';
  /** What was asked for: one of few names, whatever clients send. */
  readonly operation: string;
  /** The HTTP status; of a WebSocket's operation `ok` or `error`. */
  readonly status: string;
  readonly seconds: number;
}

/** Pictures that went through a network together. */
export interface EmbeddedBatch {
  readonly process: 'embedding' | 'bulk' | 'quarantine';
  readonly size: number;
  readonly seconds: number;
}

/** What is told of how the server fares, to whoever watches it. */
export interface Metrics {
  answered(request: AnsweredRequest): void;
  /** An error with this code was told to whoever asked. */
  failed(code: string): void;
  embedded(batch: EmbeddedBatch): void;
  /** Calls this whenever somebody asks for the gauges. What it rejects with is logged, and leaves its part out. */
  addSource(read: () => Promise<readonly Reading[]>): void;
  /** All of it, as it is served. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}
