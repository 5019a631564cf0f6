import type { Benchmark } from '../harness/benchmark.js';
import { neighbourRows } from '../harness/neighbour-rows.js';

export const benchmark: Benchmark = {
  title: 'Neighbours of the same label on Fashion-MNIST, learned with ten labels of a kind',
  run: (tools) => {
    return neighbourRows(tools, 'with 10 labels a kind', ['few-labels-encoder', '10'], 0.88);
  },
};
