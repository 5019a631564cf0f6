import { ask } from './graphql-request.js';
import type { RunningServer } from './running-server.js';

/** Waits until the import into the first dataset has ended, one way or the other. */
export async function importEnd(server: RunningServer) {
  for (;;) {
    const { datasets } = await ask<{
      datasets: { status: string; importedCount: number; importError: string | null }[];
    }>(server, '{ datasets { status importedCount importError } }');
    const [dataset] = datasets;
    if (dataset && dataset.status !== 'IMPORTING') return dataset;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
