import type { Context, Tracer } from '@opentelemetry/api';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import { within } from '../../../domain/patience.js';
import type { Log } from '../../../ports/log.js';
import type { Span, SpanOptions, Tracing } from '../../../ports/tracing.js';

const NAME = 'lookalike';
/** A collector that does not answer must not hold up the end of a process. */
const FAREWELL_MS = 2000;

type Api = typeof import('@opentelemetry/api');

/**
 * Tells a collector of OpenTelemetry, by OTLP over HTTP in JSON. Its packages are loaded here, where somebody
 * wants traces: they take half a second.
 * @param endpoint base address of the collector, as `OTEL_EXPORTER_OTLP_ENDPOINT` has it; the packages heed the
 * other variables of OpenTelemetry, as `OTEL_EXPORTER_OTLP_HEADERS`
 */
export async function openTracing(endpoint: string, process: string, log: Log): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  tellFaults(api, log);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': NAME, 'lookalike.process': process }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  provider.register();
  return new OpenTelemetryTracing(api, provider);
}

/** A collector that is away is away for every span: that is told once. */
function tellFaults({ diag, DiagLogLevel }: Api, log: Log): void {
  let isTold = false;
  const error = (message: string) => {
    if (!isTold) log.warn(`traces cannot be sent: ${message}`);
    isTold = true;
  };
  const nothing = () => undefined;
  const logger = { error, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}

class OpenTelemetryTracing implements Tracing {
  readonly isOn = true;
  private readonly tracer: Tracer;

  constructor(
    private readonly api: Api,
    private readonly provider: NodeTracerProvider,
  ) {
    this.tracer = api.trace.getTracer(NAME);
  }

  inSpan<T>(
    name: string,
    { attributes = {}, isAnswer = false, parent = null }: SpanOptions,
    work: (span: Span) => Promise<T>,
  ): Promise<T> {
    const { SpanKind, SpanStatusCode } = this.api;
    const kind = isAnswer ? SpanKind.SERVER : SpanKind.INTERNAL;
    const options = { kind, attributes: { ...attributes } };
    return this.tracer.startActiveSpan(name, options, this.contextOf(parent), async (span) => {
      try {
        return await work({
          rename: (to) => span.updateName(to),
          set: (more) => span.setAttributes({ ...more }),
        });
      } catch (thrown) {
        const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
        span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(thrown) });
        span.setAttribute('error.type', code);
        throw thrown;
      } finally {
        span.end();
      }
    });
  }

  traceparent(): string | null {
    const carrier: { traceparent?: string } = {};
    this.api.propagation.inject(this.api.context.active(), carrier);
    return carrier.traceparent ?? null;
  }

  async close(): Promise<void> {
    await within(FAREWELL_MS, this.provider.shutdown(), undefined).catch(() => undefined);
  }

  private contextOf(traceparent: string | null): Context {
    const { context, propagation } = this.api;
    const active = context.active();
    return traceparent === null ? active : propagation.extract(active, { traceparent });
  }
}
