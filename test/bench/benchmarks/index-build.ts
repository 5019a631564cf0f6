import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningServer } from '../../integration/running-server.js';
import { besides, type Benchmark, type Row, type Tools } from '../harness/benchmark.js';
import { graphqlRequest, type HttpLoad } from '../harness/http-load.js';
import { drawnImages, modelOf, SIMILAR_IMAGES } from '../harness/similar-images.js';
import { inTurns, median } from '../harness/statistics.js';

const ROUNDS = 3;
/** At which the recall is measured, on both sides. */
const EF = 64;
const PER_SECOND = 50;
const SECONDS = 3;

interface Built {
  readonly seconds: number;
  readonly recall: number;
}

export const benchmark: Benchmark = {
  title: 'Building the index of 60,000 embeddings, on disk when it ends',
  run: async (tools) => [...(await builds(tools)), await answersMeanwhile(tools)],
};

async function builds(tools: Tools): Promise<Row[]> {
  const data = await tools.data();
  const { dimension, index } = await modelOf(data);
  const { vectorsFile, queriesFile } = data;
  const ours = tools.node('index-build', {
    args: [await tools.directory(), vectorsFile, queriesFile],
  });
  const python = tools.python('faiss_index', { args: [vectorsFile, queriesFile] });
  const { m, efConstruction } = index;
  const order = { dimension, m, efConstruction, ef: EF };
  const rounds = await inTurns(
    ROUNDS,
    { ours: () => ours.ask<Built>(order), python: python && (() => python.ask<Built>(order)) },
    0,
  );
  const seconds = (side: readonly Built[]) => side.map((built) => built.seconds);
  const recall = (side: readonly Built[]) => side.map((built) => built.recall);
  const remark = `m ${m}, efConstruction ${efConstruction}; recall of the ten nearest at ef ${EF}.`;
  const other = (values: readonly number[]) =>
    besides('FAISS HNSW, one thread', values, tools.whyNoPython);
  return [
    {
      what: 'index of 60,000 × 128',
      unit: 's',
      ours: seconds(rounds.ours),
      other: other(seconds(rounds.python)),
      target: { of: 'ratio', atMost: 1 },
      remark,
    },
    {
      what: 'its recall@10',
      unit: '',
      ours: recall(rounds.ours),
      other: other(recall(rounds.python)),
      target: { of: 'ours', atLeast: 0.998 },
      remark,
    },
  ];
}

/** An index that is gone is built anew from what is stored of the embeddings; the API answers on. */
async function answersMeanwhile(tools: Tools): Promise<Row> {
  const data = await tools.data();
  const directory = await tools.copyOfData();
  const folder = join(directory, 'indexes');
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  const server = await tools.server(directory);
  // After every start the console is loaded, which stops everything for some tenths of a second.
  await server.fetch('/login');
  const [imageId = 1] = await drawnImages(data, 1);
  const requests = [graphqlRequest('{ dataset(id: 1) { id title importedCount } }', {})];
  const pace = () =>
    tools.pace({ url: server.url, perSecond: PER_SECOND, seconds: SECONDS, requests });
  const rebuilding: HttpLoad[] = [];
  while (!(await isSearchable(server, imageId))) rebuilding.push(await pace());
  // The last one ran over the end of the build.
  if (rebuilding.length > 1) rebuilding.pop();
  const idle = [await pace(), await pace(), await pace()];
  const p99 = (loads: readonly HttpLoad[]) => loads.map((load) => load.p99);
  const half = (loads: readonly HttpLoad[]) => median(loads.map(({ p50 }) => p50)).toFixed(1);
  return {
    what: 'p99 of a small query while an index is rebuilt',
    unit: 'ms',
    ours: p99(rebuilding),
    other: { name: 'idle', values: p99(idle) },
    remark: `Half of the answers took ${half(rebuilding)} ms against ${half(idle)} ms idle.`,
  };
}

async function isSearchable(server: RunningServer, imageId: number): Promise<boolean> {
  const { path, headers, body } = graphqlRequest(SIMILAR_IMAGES, { id: String(imageId) });
  const request = { method: 'POST', headers, body: Buffer.from(body, 'base64') };
  const text = await (await server.fetch(path, request)).text();
  if (text.includes('"errors"') && !text.includes('INDEX_CORRUPT')) throw new Error(text);
  return text.includes('"neighbours"');
}
