import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importEnd } from '../../integration/import-end.js';
import { secondsBetween } from '../harness/log-times.js';
import type { Benchmark, Tools } from '../harness/benchmark.js';
import { fashionMnistDirectory } from '../harness/prepared-data.js';
import { inTurns } from '../harness/statistics.js';

const ROUNDS = 7;
const IMAGES = 70_000;

export const benchmark: Benchmark = {
  title: "Import of Fashion-MNIST's 70,000 images, on disk when it ends",
  run: async (tools) => {
    const directory = fashionMnistDirectory();
    const files = (await readdir(directory)).filter((name) => name.endsWith('.gz'));
    const plain = tools.node('plain-import', { args: files.map((name) => join(directory, name)) });
    const rounds = await inTurns(
      ROUNDS,
      {
        ours: () => secondsOfAnImport(tools),
        plain: async () => {
          const { seconds, hashed } = await plain.ask<{ seconds: number; hashed: number }>(null);
          if (hashed !== IMAGES) throw new Error(`${hashed} images were hashed, not ${IMAGES}.`);
          return seconds;
        },
      },
      0,
    );
    const what = 'import of 70,000 images';
    const ours = rounds.ours;
    const other = { name: 'gunzip and SHA-256 of each in Node', values: rounds.plain };
    return [
      { what, unit: 's', ours, other, target: { of: 'ratio', atMost: 3 } },
      { what, unit: 's', ours, other: null, target: { of: 'ours', atMost: 10 } },
    ];
  },
};

/** By the times in the server's log: a question about its progress would slow it down. */
async function secondsOfAnImport(tools: Tools): Promise<number> {
  const server = await tools.server(await tools.directory(), {
    LOOKALIKE_FIRST_START: 'import',
    LOOKALIKE_FASHION_MNIST_DIR: fashionMnistDirectory(),
  });
  const ended = /Fashion-MNIST: (\d+) images imported/;
  while (!ended.test(server.output())) await new Promise((resolve) => setTimeout(resolve, 50));
  const seconds = secondsBetween(server.output(), /importing Fashion-MNIST/, ended);
  const { importedCount } = await importEnd(server);
  await server.stop();
  if (importedCount !== IMAGES) throw new Error(`${importedCount} images were imported.`);
  return seconds;
}
