import type { Benchmark } from './harness/benchmark.js';

/** Every benchmark, by the name that `npm run bench -- NAME` takes, in the order of the table. */
export const BENCHMARKS: Readonly<Record<string, () => Promise<{ benchmark: Benchmark }>>> = {
  'training-step': () => import('./benchmarks/training-step.js'),
  embedding: () => import('./benchmarks/embedding.js'),
  'index-build': () => import('./benchmarks/index-build.js'),
  serving: () => import('./benchmarks/serving.js'),
  'upload-search': () => import('./benchmarks/upload-search.js'),
  'latency-during-training': () => import('./benchmarks/latency-during-training.js'),
  'million-vectors': () => import('./benchmarks/million-vectors.js'),
  import: () => import('./benchmarks/import.js'),
  'second-start': () => import('./benchmarks/second-start.js'),
  console: () => import('./benchmarks/console.js'),
};
