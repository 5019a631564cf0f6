/** What is said of a piece of work. Nothing that is secret or a person's: it leaves the machine. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A piece of work in a trace, while it goes on. */
export interface Span {
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
}

export interface SpanOptions {
  readonly attributes?: SpanAttributes;
  /** Whether it answers somebody outside. */
  readonly isAnswer?: boolean;
  /** The span that it is a part of, as W3C Trace Context names it; if not given, the one at hand. */
  readonly parent?: string | null;
}

/** Tells where time goes: in spans, of which one is a part of another. */
export interface Tracing {
  /** Whether anybody is told. */
  readonly isOn: boolean;
  /** Does the work as a span of its own; what it throws is told with it, and thrown. */
  inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T>;
  /** The span at hand, as W3C Trace Context names it; null where there is none. */
  traceparent(): string | null;
  /** Sends what has not been sent, as far as that takes no longer than a moment. Never rejects. */
  close(): Promise<void>;
}
