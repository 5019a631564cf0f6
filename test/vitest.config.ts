import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const WHOLE_SYSTEM = ['test/integration/**/*.test.ts', 'test/e2e/**/*.test.ts'];
const FAULTS = ['test/faults/**/*.test.ts'];

export default defineConfig({
  root,
  resolve: {
    // Two copies of graphql in one process refuse each other's schemas.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    // A native fault, or TensorFlow's threads, stay within one file's process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...WHOLE_SYSTEM, ...FAULTS],
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: WHOLE_SYSTEM,
          testTimeout: 600_000,
          globalSetup: ['test/imported-data.setup.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'faults', include: FAULTS, testTimeout: 600_000 },
      },
    ],
  },
});
