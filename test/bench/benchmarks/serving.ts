import { ADMIN_KEY } from '../../integration/admin-key.js';
import { besides, type Benchmark, type Row, type Tools } from '../harness/benchmark.js';
import type { HttpLoad, HttpRequest } from '../harness/http-load.js';
import type { Program } from '../harness/program.js';
import { drawnImages, pythonRequests, similarImagesRequests } from '../harness/similar-images.js';
import { inTurns, median } from '../harness/statistics.js';

const CONNECTIONS = [1, 16, 64] as const;
/** How fast a process is differs by a tenth from start to start, as its memory happens to lie. */
const STARTS = 3;
/** Of each start, and many short ones: single ones differ by what else runs on the machine. */
const ROUNDS = 5;
const SECONDS = 2;

type Side = 'ours' | 'constant' | 'python';
type Loads = Record<Side, HttpLoad[]>;

/** Where the sides answer, and what they are asked. */
interface Running {
  readonly sides: Readonly<
    Record<Side, { readonly url: string; readonly requests: readonly HttpRequest[] } | null>
  >;
  stop(): Promise<void>;
}

export const benchmark: Benchmark = {
  title: 'similarImages by id over HTTP, ten neighbours of six fields',
  run: async (tools) => {
    const loads = new Map(CONNECTIONS.map((connections) => [connections, noLoads()] as const));
    for (let start = 0; start < STARTS; start += 1) {
      const running = await startAll(tools);
      for (const [connections, all] of loads) {
        const load = (side: Side) => {
          const of = running.sides[side];
          return of && (() => tools.load({ ...of, connections, seconds: SECONDS }));
        };
        const sides = { ours: load('ours'), constant: load('constant'), python: load('python') };
        const rounds = await inTurns(ROUNDS, sides);
        for (const side of Object.keys(all) as Side[]) all[side].push(...rounds[side]);
      }
      await running.stop();
    }
    return [...loads].flatMap(([connections, all]) => rowsOf(connections, all, tools.whyNoPython));
  },
};

function noLoads(): Loads {
  return { ours: [], constant: [], python: [] };
}

async function startAll(tools: Tools): Promise<Running> {
  const data = await tools.data();
  const requests = await similarImagesRequests(data);
  const [imageId = 1] = await drawnImages(data, 1);
  const server = await startServer(tools);
  const ports = await server.ask<{ ours: number; constant: number }>(imageId);
  const { modelFile, kernelsFile, vectorsFile } = data;
  const python = tools.python('service', { args: [modelFile, kernelsFile, vectorsFile] });
  return {
    sides: {
      ours: { url: urlOf(ports.ours), requests },
      constant: { url: urlOf(ports.constant), requests },
      python: python && {
        url: urlOf((await python.ask<{ port: number }>(null)).port),
        requests: await pythonRequests(data),
      },
    },
    stop: async () => {
      await server.close();
      await python?.close();
    },
  };
}

async function startServer(tools: Tools): Promise<Program> {
  const environment = {
    NODE_ENV: 'production',
    LOOKALIKE_DATA_DIR: await tools.copyOfData(),
    LOOKALIKE_FIRST_START: 'empty',
    LOOKALIKE_ADMIN_KEY: ADMIN_KEY,
    PORT: '0',
  };
  return tools.node('two-door-server', { environment });
}

function urlOf(port: number): string {
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
