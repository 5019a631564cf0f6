import { ADMIN_KEY } from '../../integration/admin-key.js';
import { besides, type Benchmark, type Row, type Tools } from '../harness/benchmark.js';
import type { HttpLoad, HttpRequest } from '../harness/http-load.js';
import { drawnImages, pythonRequests, similarImagesRequests } from '../harness/similar-images.js';
import { inTurns, median } from '../harness/statistics.js';

const CONNECTIONS = [1, 16, 64] as const;
/** Many short ones: single ones differ by a tenth, and more, by what else runs on the machine. */
const ROUNDS = 9;
const SECONDS = 2;

export const benchmark: Benchmark = {
  title: 'similarImages by id over HTTP, ten neighbours of six fields',
  run: async (tools) => {
    const data = await tools.data();
    const graphql = await similarImagesRequests(data);
    const ours = await tools.server();
    const constant = await startConstant(tools, (await drawnImages(data, 1))[0] ?? 1);
    const { modelFile, kernelsFile, vectorsFile } = data;
    const service = tools.python('service', { args: [modelFile, kernelsFile, vectorsFile] });
    const python = service && {
      url: urlOf(await service.ask<{ port: number }>(null)),
      requests: await pythonRequests(data),
    };
    const rows: Row[] = [];
    for (const connections of CONNECTIONS) {
      const load = (url: string, requests: readonly HttpRequest[]) => () =>
        tools.load({ url, connections, seconds: SECONDS, requests });
      const rounds = await inTurns(ROUNDS, {
        ours: load(ours.url, graphql),
        constant: load(constant, graphql),
        python: python && load(python.url, python.requests),
      });
      rows.push(...rowsOf(connections, rounds, tools.whyNoPython));
    }
    return rows;
  },
};

async function startConstant(tools: Tools, imageId: number): Promise<string> {
  const environment = {
    NODE_ENV: 'production',
    LOOKALIKE_DATA_DIR: await tools.copyOfData(),
    LOOKALIKE_FIRST_START: 'empty',
    LOOKALIKE_ADMIN_KEY: ADMIN_KEY,
    PORT: '0',
  };
  const program = tools.node('constant-server', { environment });
  return urlOf(await program.ask<{ port: number }>(imageId));
}

function urlOf({ port }: { readonly port: number }): string {
  return `http://127.0.0.1:${port}`;
}

function rowsOf(
  connections: number,
  rounds: Readonly<Record<'ours' | 'constant' | 'python', readonly HttpLoad[]>>,
  whyNoPython: string | null,
): Row[] {
  const rate = (side: readonly HttpLoad[]) => side.map((load) => load.requestsPerSecond);
  const p99 = (side: readonly HttpLoad[]) =>
    side.length === 0 ? 'not run' : `${median(side.map((load) => load.p99)).toFixed(1)} ms`;
  const many = connections === 1 ? 'one connection' : `${connections} connections`;
  const what = `similarImages, ${many}`;
  const remark =
    'Of 30,000 images; ours lists the nearest of each where it builds the index. ' +
    `99 in 100 answered within: ours ${p99(rounds.ours)}, constant ${p99(rounds.constant)}, ` +
    `Python ${p99(rounds.python)} (${many}).`;
  const common = { what, unit: 'requests/s', ours: rate(rounds.ours), remark };
  // At one connection, most of the time is the wire's on both sides: no target was set for it.
  return [
    {
      ...common,
      other: { name: 'a constant answer', values: rate(rounds.constant) },
      ...(connections === 1 ? {} : { target: { of: 'ratio' as const, atLeast: 0.85 } }),
    },
    {
      ...common,
      other: besides('FastAPI + FAISS', rate(rounds.python), whyNoPython),
      target: { of: 'ratio', atLeast: 2 },
    },
  ];
}
