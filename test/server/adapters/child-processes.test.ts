import { expect, it } from 'vitest';
import { readingsOfChildren } from '../../../server/adapters/metrics/prometheus/child-processes.js';

it('tells the memory and the time of processes that are there', async () => {
  const gone = 2 ** 22 + 1;
  const readings = await readingsOfChildren({ bulk: process.pid, maps: null, training: gone });
  expect(readings.map(([name, , process]) => [name, process])).toEqual([
    ['child_cpu_seconds', 'bulk'],
    ['child_resident_memory_bytes', 'bulk'],
  ]);
  const [cpu = 0, memory = 0] = readings.map(([, value]) => value);
  const { user, system } = process.cpuUsage();
  expect(Math.abs(cpu - (user + system) / 1e6)).toBeLessThan(2);
  expect(memory / process.memoryUsage.rss()).toBeGreaterThan(0.5);
  expect(memory / process.memoryUsage.rss()).toBeLessThan(2);
});
