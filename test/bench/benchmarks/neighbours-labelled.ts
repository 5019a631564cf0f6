import type { Benchmark } from '../harness/benchmark.js';
import { neighbourRows } from '../harness/neighbour-rows.js';

export const benchmark: Benchmark = {
  title: 'Neighbours of the same label on Fashion-MNIST, learned with all labels',
  run: (tools) => neighbourRows(tools, 'learned with labels', ['metric-encoder'], 0.945),
};
