/* The process of one benchmark: `node build/test/bench/one.js NAME`, started by main.ts. */
import { BENCHMARKS } from './benchmarks.js';
import { answerRequests } from './harness/conversation.js';
import { Workbench } from './harness/workbench.js';

await answerRequests(async (name: string) => {
  const load = BENCHMARKS[name];
  if (!load) throw new Error(`There is no benchmark "${name}".`);
  const { benchmark } = await load();
  const tools = new Workbench();
  try {
    return { title: benchmark.title, rows: await benchmark.run(tools) };
  } finally {
    await tools.clear();
  }
});
