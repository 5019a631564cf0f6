import type { Benchmark } from '../harness/benchmark.js';
import { neighbourRows } from '../harness/neighbour-rows.js';

export const benchmark: Benchmark = {
  title: 'Neighbours of the same label on Fashion-MNIST, learned without labels',
  run: async (tools) => [
    ...(await neighbourRows(tools, 'raw pixels, components', ['pixel-components'])),
    ...(await neighbourRows(tools, 'gradient histograms', ['gradient-histograms'])),
    ...(await neighbourRows(tools, 'learned without labels', ['neighbour-encoder'], 0.88)),
  ],
};
