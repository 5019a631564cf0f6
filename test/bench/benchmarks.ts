import type { Benchmark } from './harness/benchmark.js';

/** Every benchmark, by the name that `npm run bench -- NAME` takes, in the order of the table. */
export const BENCHMARKS: Readonly<Record<string, () => Promise<{ benchmark: Benchmark }>>> = {
  'training-step': () => import('./benchmarks/training-step.js'),
  embedding: () => import('./benchmarks/embedding.js'),
  'index-build': () => import('./benchmarks/index-build.js'),
  serving: () => import('./benchmarks/serving.js'),
  'upload-search': () => import('./benchmarks/upload-search.js'),
  'latency-during-training': () => import('./benchmarks/latency-during-training.js'),
  'label-review': () => import('./benchmarks/label-review.js'),
  'million-vectors': () => import('./benchmarks/million-vectors.js'),
  import: () => import('./benchmarks/import.js'),
  'second-start': () => import('./benchmarks/second-start.js'),
  console: () => import('./benchmarks/console.js'),
  'neighbours-unlabelled': () => import('./benchmarks/neighbours-unlabelled.js'),
  'neighbours-few-labels': () => import('./benchmarks/neighbours-few-labels.js'),
  'neighbours-labelled': () => import('./benchmarks/neighbours-labelled.js'),
};

/** Those that train for many minutes: they run only when they are named. */
export const LONG: readonly string[] = [
  'neighbours-unlabelled',
  'neighbours-few-labels',
  'neighbours-labelled',
];
