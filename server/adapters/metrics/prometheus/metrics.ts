import perfHooks from 'node:perf_hooks';
import type { Registry } from 'prom-client';
import { reasonOf } from '../../../domain/errors.js';
import { GAUGES, type GaugeName, type Reading } from '../../../domain/gauges.js';
import type { Log } from '../../../ports/log.js';
import type { AnsweredRequest, EmbeddedBatch, Metrics } from '../../../ports/metrics.js';

const PREFIX = 'lookalike_';
/** Seconds. */
const LATENCIES = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30];
const EMBED_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64];
/** Of a server that nobody has begun, in a test say. */
const MOST_EARLY = 10_000;

type Instruments = Awaited<ReturnType<typeof createInstruments>>;

/**
 * Metrics in the text format of Prometheus, by its client for Node. The client is loaded by `begin` and not
 * with the server's own modules: it takes a tenth of a second that no first answer should wait for. What is told
 * before is kept until then.
 */
export class PrometheusMetrics implements Metrics {
  private instruments: Instruments | null = null;
  private loading: Promise<Instruments> | null = null;
  private early: ((instruments: Instruments) => void)[] = [];
  private readonly sources: (() => Promise<readonly Reading[]>)[] = [];

  constructor(private readonly log: Log) {}

  async begin(): Promise<void> {
    await this.loaded();
  }

  answered({ over, operation, status, seconds }: AnsweredRequest): void {
    this.tell(({ requests }) => requests.observe({ over, operation, status }, seconds));
  }

  failed(code: string): void {
    this.tell(({ errors }) => errors.inc({ code }));
  }

  embedded({ process, size, seconds }: EmbeddedBatch): void {
    this.tell(({ batchSizes, batchSeconds }) => {
      batchSizes.observe({ process }, size);
      batchSeconds.observe({ process }, seconds);
    });
  }

  addSource(read: () => Promise<readonly Reading[]>): void {
    this.sources.push(read);
  }

  async read(): Promise<{ contentType: string; text: string }> {
    const { registry, gauges } = await this.loaded();
    const readings = (await Promise.all(this.sources.map((read) => this.readingsOf(read)))).flat();
    // Nothing waits from here on: two who ask at once must not see half of each other's.
    for (const gauge of gauges.values()) gauge.reset();
    for (const [name, value, ...labels] of readings)
      gauges.get(name)?.set(named(name, labels), value);
    return { contentType: registry.contentType, text: await registry.metrics() };
  }

  private async readingsOf(read: () => Promise<readonly Reading[]>): Promise<readonly Reading[]> {
    try {
      return await read();
    } catch (thrown) {
      this.log.error(`some metrics could not be read: ${reasonOf(thrown)}`);
      return [];
    }
  }

  private tell(what: (instruments: Instruments) => void): void {
    if (this.instruments) what(this.instruments);
    else if (this.early.length < MOST_EARLY) this.early.push(what);
  }

  private loaded(): Promise<Instruments> {
    this.loading ??= createInstruments().then((instruments) => {
      this.instruments = instruments;
      for (const what of this.early) what(instruments);
      this.early = [];
      return instruments;
    });
    return this.loading;
  }
}

async function createInstruments() {
  const { default: client } = await import('prom-client');
  const registry: Registry = new client.Registry();
  const registers = [registry];
  withoutLoopMonitor(() => client.collectDefaultMetrics({ register: registry }));
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets: number[],
  ) => new client.Histogram({ name: `${PREFIX}${name}`, help, labelNames, buckets, registers });
  const gauges = new Map(
    Object.entries(GAUGES).map(([name, { help, labels }]) => [
      name as GaugeName,
      new client.Gauge<string>({
        ...{ name: `${PREFIX}${name}`, help, labelNames: [...labels], registers },
      }),
    ]),
  );
  return {
    registry,
    gauges,
    requests: histogram(
      'request_duration_seconds',
      'Requests by what they asked for.',
      ['over', 'operation', 'status'],
      LATENCIES,
    ),
    errors: new client.Counter({
      name: `${PREFIX}graphql_errors_total`,
      help: 'Errors that were told, by code.',
      labelNames: ['code'],
      registers,
    }),
    batchSizes: histogram(
      'embed_batch_size',
      'Pictures that went through a network together.',
      ['process'],
      BATCH_SIZES,
    ),
    batchSeconds: histogram(
      'embed_batch_duration_seconds',
      'How long they took.',
      ['process'],
      EMBED_SECONDS,
    ),
  };
}

/**
 * Has prom-client do without `monitorEventLoopDelay`, which it cannot be told: on, however seldom it looks, it takes
 * a sixth of the requests a second. How late the event loop is, is seen when the metrics are read.
 */
function withoutLoopMonitor(work: () => void): void {
  const { monitorEventLoopDelay } = perfHooks;
  Reflect.deleteProperty(perfHooks, 'monitorEventLoopDelay');
  try {
    work();
  } finally {
    Reflect.set(perfHooks, 'monitorEventLoopDelay', monitorEventLoopDelay);
  }
}

function named(name: GaugeName, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    GAUGES[name].labels.map((label, place) => [label, values[place] ?? '']),
  );
}
