import { readingsOfChildren } from './adapters/metrics/prometheus/child-processes.js';
import type { ChildProcessBulkRuntime } from './adapters/model-runtime/child-process/bulk-runtime.js';
import type { ChildProcessModelRuntime } from './adapters/model-runtime/child-process/model-runtime.js';
import type { ChildProcessTrainerPool } from './adapters/model-runtime/child-process/trainer-pool.js';
import type { Metrics } from './ports/metrics.js';
import type { Measurements } from './services/measurements.js';

interface Children {
  readonly runtime: ChildProcessModelRuntime;
  readonly bulk: ChildProcessBulkRuntime;
  readonly trainers: ChildProcessTrainerPool;
  readonly mapMakers: ChildProcessTrainerPool;
}

/** What is told of the server's children, and of what lies in the tables. */
export function addSources(
  metrics: Metrics,
  measurements: Measurements,
  { runtime, bulk, trainers, mapMakers }: Children,
): void {
  metrics.addSource(() => measurements.read());
  metrics.addSource(() =>
    readingsOfChildren({
      ...{ embedding: runtime.pid, bulk: bulk.pid },
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
