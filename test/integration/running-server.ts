import { spawn, type ChildProcess } from 'node:child_process';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ADMIN_KEY, AS_ADMIN } from './admin-key.js';

const START_MS = 60_000;

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** As the admin. @param path from the root */
  fetch(path: string, request?: RequestInit): Promise<Response>;
  output(): string;
  /** Reads no more of what it tells, as when a terminal is closed. */
  closeOutput(): void;
  /** Sends SIGTERM, or the given signal, and waits for the end. @returns the exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A server that has been started, and need not listen yet. */
export interface StartingServer {
  readonly pid: number;
  /** Rejects where the server ends before it listens. */
  readonly listening: Promise<RunningServer>;
  /** As `RunningServer.stop`, whether it listens or not. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the built server as `npm start` does, on a port of its own. */
export function startServer(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  return spawnServer(dataDirectory, environment).listening;
}

/** The same, for whoever wants to end it before it listens. */
export function spawnServer(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): StartingServer {
  const child = spawn(process.execPath, ['build/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOOKALIKE_DATA_DIR: dataDirectory,
      LOOKALIKE_FIRST_START: 'empty',
      LOOKALIKE_ADMIN_KEY: ADMIN_KEY,
      PORT: '0',
      HOST: '127.0.0.1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => end(child, signal);
  const running = (port: number): RunningServer => ({
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    fetch: (path, request = {}) => {
      const headers = { ...AS_ADMIN, ...Object.fromEntries(new Headers(request.headers)) };
      return fetch(`http://127.0.0.1:${port}${path}`, { ...request, headers });
    },
    output: () => output,
    closeOutput: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    stop,
  });
  const pid = child.pid ?? 0;
  return { pid, listening: portOf(child, () => output).then(running), stop };
}

/** Runs the server until it gives up by itself. */
export async function failToStart(
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  try {
    const server = await startServer(dataDirectory, environment);
    await server.stop('SIGKILL');
    return { code: 0, output: server.output() };
  } catch (thrown) {
    if (thrown instanceof ServerEnded) return { code: thrown.code, output: thrown.output };
    throw thrown;
  }
}

/** News of a run over a WebSocket, from the epoch after `afterEpoch` on, until the run has ended. */
export async function* followRun(
  server: RunningServer,
  runId: string,
  afterEpoch = 0,
): AsyncGenerator<{ status: string; epoch: number | null; loss: number | null }> {
  const client = createClient({
    url: `ws://127.0.0.1:${server.port}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: AS_ADMIN,
    retryAttempts: 0,
  });
  const news = client.iterate<{
    trainingProgress: { run: { status: string }; epoch: { epoch: number; loss: number } | null };
  }>({
    query: `subscription ($runId: ID!, $afterEpoch: Int!) {
      trainingProgress(runId: $runId, afterEpoch: $afterEpoch) {
        run { status } epoch { epoch loss }
      }
    }`,
    variables: { runId, afterEpoch },
  });
  try {
    for await (const { data, errors } of news) {
      if (!data) throw new Error(JSON.stringify(errors));
      const { run, epoch } = data.trainingProgress;
      yield { status: run.status, epoch: epoch?.epoch ?? null, loss: epoch?.loss ?? null };
    }
  } finally {
    await client.dispose();
  }
}

class ServerEnded extends Error {
  constructor(
    readonly code: number | null,
    readonly output: string,
  ) {
    super(`the server ended with ${code}:\n${output}`);
  }
}

function portOf(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server did not start:\n${output()}`));
    }, START_MS);
    child.stdout?.on('data', () => {
      const port = /Lookalike is at http:\/\/[^:]+:(\d+)/.exec(output())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new ServerEnded(code, output()));
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill(signal);
  return closed;
}
