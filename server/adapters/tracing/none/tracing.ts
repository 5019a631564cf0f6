import type { Span, Tracing } from '../../../ports/tracing.js';

const NO_SPAN: Span = { rename: () => undefined, set: () => undefined };

/** Does the work, and tells nobody. */
export const NO_TRACING: Tracing = {
  isOn: false,
  inSpan: (_name, _options, work) => work(NO_SPAN),
  traceparent: () => null,
  close: () => Promise.resolve(),
};
