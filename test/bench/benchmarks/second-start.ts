import { ADMIN_KEY } from '../../integration/admin-key.js';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Tools } from '../harness/benchmark.js';
import { momentOf } from '../harness/log-times.js';
import { graphqlRequest } from '../harness/http-load.js';
import { SIMILAR_IMAGES, drawnImages } from '../harness/similar-images.js';

const ROUNDS = 5;
const PATIENCE_MS = 60_000;
const BETWEEN_TRIES_MS = 10;

/** Seconds from the command on. */
interface Start {
  readonly listening: number;
  readonly answered: number;
}

export const benchmark: Benchmark = {
  title: '`npm start` where everything is there, to the first answered search',
  run: async (tools) => {
    const [imageId = 1] = await drawnImages(await tools.data(), 1);
    const directory = await tools.copyOfData();
    await (await tools.server(directory)).stop(); // brings the copy up to date
    const starts: Start[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      starts.push(await startOnce(directory, imageId, tools));
    }
    const listening = starts.map((start) => start.listening);
    return [
      {
        what: 'second start to the first answered search',
        unit: 's',
        ours: starts.map((start) => start.answered),
        other: null,
        target: { of: 'ours', atMost: 3 },
      },
      {
        what: 'of it, npm, the look at what is set up, and the server until it listens',
        unit: 's',
        ours: listening,
        other: null,
      },
      {
        what: 'of it, from listening to the first answered search: the index',
        unit: 's',
        ours: starts.map((start) => start.answered - start.listening),
        other: null,
      },
    ];
  },
};

async function startOnce(directory: string, imageId: number, tools: Tools): Promise<Start> {
  const port = await freePort();
  const begun = Date.now();
  const child = spawn('npm', ['start'], {
    env: {
      ...process.env,
      LOOKALIKE_DATA_DIR: directory,
      LOOKALIKE_FIRST_START: 'empty',
      LOOKALIKE_ADMIN_KEY: ADMIN_KEY,
      PORT: String(port),
    },
    detached: true, // a group of its own: npm, its shell and the server end together
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = new Promise((resolve) => child.once('close', resolve));
  try {
    const { path, headers, body } = graphqlRequest(SIMILAR_IMAGES, { id: String(imageId) });
    const request = { method: 'POST', headers, body: Buffer.from(body, 'base64') };
    while (!(await isAnswered(`http://127.0.0.1:${port}${path}`, request))) {
      if (child.exitCode !== null || Date.now() - begun > PATIENCE_MS) throw new Error(output);
      await sleep(BETWEEN_TRIES_MS);
    }
    const answered = (Date.now() - begun) / 1000;
    return { listening: (momentOf(output, /Lookalike is at/) - begun) / 1000, answered };
  } finally {
    if (child.pid !== undefined) endGroup(child.pid, tools);
    await closed;
  }
}

async function isAnswered(url: string, request: RequestInit): Promise<boolean> {
  try {
    const text = await (await fetch(url, request)).text();
    return text.includes('"neighbours"');
  } catch {
    return false; // nobody listens yet
  }
}

function endGroup(pid: number, tools: Tools): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    tools.note('the server had ended by itself');
  }
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
