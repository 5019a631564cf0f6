import type { Benchmark, Row, Tools } from '../harness/benchmark.js';
import type { Recall } from '../harness/recall.js';

const MANY = 1_000_000;
const FEW = 60_000;
const PATIENCE_SECONDS = 25 * 60;

interface Index {
  readonly built: { readonly id: string; readonly seconds: number; readonly bytesOnDisk: number };
  readonly opened: {
    readonly seconds: number;
    readonly bytesInMemory: number;
    readonly search: Recall;
  };
}

/** Once each: a build takes minutes, and nothing that is compared with another program. */
export const benchmark: Benchmark = {
  title: '1,000,000 synthetic vectors of 128 in clusters',
  run: async (tools) => {
    const few = await indexOf(FEW, tools);
    const many = await indexOf(MANY, tools);
    const { built, opened } = many;
    const alone = (what: string, unit: string, value: number): Row => {
      return { what, unit, ours: [value], other: null };
    };
    const efs = [opened, few.opened].map(({ search }) => `${search.ef} candidates`).join(' and ');
    return [
      {
        what: 'queries/s at 1,000,000 vectors, recall@10 of 0.99',
        unit: 'queries/s',
        ours: [opened.search.queriesPerSecond],
        other: { name: 'at 60,000', values: [few.opened.search.queriesPerSecond] },
        target: { of: 'ratio', atLeast: 0.4 },
        remark: `In one process without HTTP, with ${efs} a search. Their clusters are wide enough to be walked by codes of one byte a number; an index whose neighbours lie nearer together than codes can tell is walked by its vectors, and gains less.`,
      },
      alone('index of 1,000,000 × 128', 's', built.seconds),
      alone('memory of it, a vector', 'bytes', opened.bytesInMemory),
      alone('disk of it, a vector', 'bytes', built.bytesOnDisk),
      alone('opening it from disk, checksum and all', 's', opened.seconds),
    ];
  },
};

async function indexOf(count: number, tools: Tools): Promise<Index> {
  const args = [await tools.directory()];
  tools.note(`an index of ${count} vectors`);
  const builder = tools.node('million-vectors', { args });
  const built = await builder.ask<Index['built']>({ build: count }, PATIENCE_SECONDS);
  await builder.close();
  const searcher = tools.node('million-vectors', { args });
  const opened = await searcher.ask<Index['opened']>({ open: built.id, count }, PATIENCE_SECONDS);
  await searcher.close();
  return { built, opened };
}
