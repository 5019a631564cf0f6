import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ask } from './integration/graphql-request.js';
import { startServer } from './integration/running-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A data directory into which Fashion-MNIST has been imported; tests work on copies. */
    importedData: string;
  }
}

/** Imports Fashion-MNIST once for all tests, with the real server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'lookalike-imported-'));
  const server = await startServer(directory, { LOOKALIKE_FIRST_START: 'import' });
  for (;;) {
    const { datasets } = await ask<{ datasets: { status: string; importError: string | null }[] }>(
      server,
      '{ datasets { status importError } }',
    );
    const [dataset] = datasets;
    if (dataset?.status === 'FAILED') throw new Error(`import failed: ${dataset.importError}`);
    if (dataset?.status === 'READY') break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await server.stop();
  project.provide('importedData', directory);
  return () => rm(directory, { recursive: true, force: true });
}
