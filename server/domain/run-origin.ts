/** The request that started some work, by which the lines and the spans of it are found together. */
export interface RunOrigin {
  readonly requestId: string;
  /** As W3C Trace Context has it; null where nothing is traced. */
  readonly traceparent: string | null;
}
