import { readingsOfChildren } from './adapters/metrics/prometheus/child-processes.js';
import type { ChildProcessBulkRuntime } from './adapters/model-runtime/child-process/bulk-runtime.js';
import type { ChildProcessModelRuntime } from './adapters/model-runtime/child-process/model-runtime.js';
import type { ChildProcessTrainerPool } from './adapters/model-runtime/child-process/trainer-pool.js';
import { NO_TRACING } from './adapters/tracing/none/tracing.js';
import type { Config } from './config.js';
import type { Log } from './ports/log.js';
import type { Metrics } from './ports/metrics.js';
import type { Tracing } from './ports/tracing.js';
import type { Measurements } from './services/measurements.js';

interface Children {
  readonly embedder: ChildProcessModelRuntime;
  readonly bulkEmbedder: ChildProcessBulkRuntime;
  readonly trainers: ChildProcessTrainerPool;
  readonly mapMakers: ChildProcessTrainerPool;
}

/** What is told of the server's children, and of what lies in the tables. */
export function addSources(
  metrics: Metrics,
  measurements: Measurements,
  { embedder, bulkEmbedder, trainers, mapMakers }: Children,
): void {
  metrics.addSource(() => measurements.read());
  metrics.addSource(() =>
    readingsOfChildren({
      ...{ embedding: embedder.pid, bulk: bulkEmbedder.pid },
      ...{ training: trainers.pid, maps: mapMakers.pid },
    }),
  );
  metrics.addSource(() => {
    const { tensors, bytes } = trainers.memory ?? { tensors: 0, bytes: 0 };
    return Promise.resolve([
      ['trainer_tensors', tensors],
      ['trainer_tensor_bytes', bytes],
    ]);
  });
}

/** @param process what it is called in the traces */
export async function composeTracing(
  { traceEndpoint }: Config,
  process: string,
  log: Log,
): Promise<Tracing> {
  if (traceEndpoint === null) return NO_TRACING;
  const { openTracing } = await import('./adapters/tracing/opentelemetry/tracing.js');
  return openTracing(traceEndpoint, process, log);
}
